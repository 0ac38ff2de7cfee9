import { keepPreviousData } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { BrokerEvent } from '../../../shared/domain/event.ts'
import type { WorkflowState } from '../../../shared/domain/workflow.ts'
import { useBroker } from '../../app/broker-connection.tsx'
import { useLiveQuery } from '../../live/use-live-query.ts'

/** How many the list has; older ones are found by state. */
export const SHOWN_WORKFLOWS = 200

const endsATask = ({ type }: BrokerEvent) =>
  type === 'task.submitted' ||
  type === 'task.succeeded' ||
  type === 'task.failed' ||
  type === 'task.timed_out' ||
  type === 'task.cancelled' ||
  type === 'task.deleted'

/** The newest workflows, of one state or of all. */
export function useWorkflows(state: WorkflowState | undefined) {
  const { live, queries } = useBroker()
  return useLiveQuery({
    live,
    query: queries.workflows.list.queryOptions({
      input: { states: state === undefined ? undefined : [state], limit: SHOWN_WORKFLOWS },
      placeholderData: keepPreviousData,
    }),
    everyMs: 1500,
    idleMs: 10_000,
    isTouchedBy: endsATask,
  })
}

/** One workflow with its nodes, followed by the events of tasks of its queues. */
export function useWorkflow(id: string) {
  const { live, queries } = useBroker()
  const isOfATask = useCallback(({ taskId }: BrokerEvent) => taskId !== null, [])
  return useLiveQuery({
    live,
    query: queries.workflows.get.queryOptions({ input: { id } }),
    everyMs: 500,
    idleMs: 10_000,
    isTouchedBy: isOfATask,
  })
}
