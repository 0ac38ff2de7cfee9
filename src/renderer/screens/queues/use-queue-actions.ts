import { useMemo } from 'react'
import type { QueueSettings } from '../../../shared/domain/queue-settings.ts'
import type { Queue } from '../../../shared/domain/queue.ts'
import { useBroker } from '../../app/broker-connection.tsx'
import { useAction } from '../../app/use-action.ts'
import { countOf } from '../../ui/format/count.ts'

export interface QueueActions {
  readonly setPaused: (queue: Queue, isPaused: boolean) => void
  readonly purge: (name: string) => void
  /** Answers whether it was done. */
  readonly update: (queue: Queue, changes: Partial<QueueSettings>) => Promise<boolean>
}

/** What can be done to a queue, with its sentences, and undo where there is a way back. */
export function useQueueActions(): QueueActions {
  const { client } = useBroker()
  const run = useAction()
  return useMemo(() => {
    const setPaused = async (name: string, isPaused: boolean): Promise<void> => {
      await run(
        async () => {
          await client.queues.setPaused({ name, isPaused })
          return {
            message: isPaused ? `Paused ${name}; what runs goes on` : `Resumed ${name}`,
            action: { label: 'Undo', run: () => void setPaused(name, !isPaused) },
          }
        },
        `${name} could not be ${isPaused ? 'paused' : 'resumed'}.`,
      )
    }
    const update = (name: string, changes: Partial<QueueSettings>, before: Partial<QueueSettings>) =>
      run(async () => {
        await client.queues.update({ name, changes })
        return {
          message: `Changed the settings of ${name}`,
          action: { label: 'Undo', run: () => void update(name, before, changes) },
        }
      }, `The settings of ${name} were not changed.`)
    return {
      setPaused: ({ name }, isPaused) => void setPaused(name, isPaused),
      purge: (name) =>
        void run(
          async () => `Deleted ${countOf(await client.queues.purge({ name }), 'waiting task')} of ${name}`,
          `${name} could not be purged.`,
        ),
      update: ({ name, settings }, changes) =>
        update(
          name,
          changes,
          Object.fromEntries(Object.keys(changes).map((key) => [key, settings[key as keyof QueueSettings]])),
        ),
    }
  }, [client, run])
}
