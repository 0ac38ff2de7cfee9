import { useNavigate } from '@tanstack/react-router'
import type { ScheduleSummary } from '../../../shared/domain/schedule.ts'
import { useBroker } from '../../app/broker-connection.tsx'
import { useAction } from '../../app/use-action.ts'

/** What can be done to a schedule that is there. */
export function useScheduleActions() {
  const { client } = useBroker()
  const navigate = useNavigate()
  const act = useAction()

  const setPaused = ({ id, name }: ScheduleSummary, isPaused: boolean): Promise<boolean> =>
    act(
      async () => {
        const schedule = await client.schedules.setPaused({ id, isPaused })
        return {
          message: `${isPaused ? 'Paused' : 'Resumed'} ${name}`,
          action: { label: 'Undo', run: () => void setPaused(schedule, !isPaused) },
        }
      },
      `${name} was not ${isPaused ? 'paused' : 'resumed'}.`,
    )

  return {
    setPaused,
    runNow: ({ id, name }: ScheduleSummary) =>
      act(async () => {
        const task = await client.schedules.runNow({ id })
        return {
          message: `Submitted ${task.name} for ${name}`,
          action: {
            label: 'Open task',
            run: () => void navigate({ to: '/tasks', search: { task: task.id } }),
          },
        }
      }, `${name} was not run.`),
    /** @param onGone called before anything is asked anew: nobody asks for what is gone. */
    remove: ({ id, name }: ScheduleSummary, onGone: () => void) =>
      void act(async () => {
        await client.schedules.delete({ id })
        onGone()
        return `Deleted ${name}. Its tasks stay.`
      }, `${name} was not deleted.`),
  }
}

export type ScheduleActions = ReturnType<typeof useScheduleActions>
