import { useCallback } from 'react'
import type { FailureGroup } from '../../../shared/domain/broker.ts'
import type { BulkAction, BulkQuery } from '../../../shared/domain/bulk-port.ts'
import { useBulk } from '../../app/bulk/use-bulk.ts'
import { useBroker } from '../../app/broker-connection.tsx'
import { useAction } from '../../app/use-action.ts'
import { countOf, formatCount } from '../../ui/format/count.ts'
import { countTicked, tasksByQueue, type DeadSelection } from './dead-selection.ts'

export type DeadLetterAction = 'reprocess' | 'purge'

const BULK_OF: Readonly<Record<DeadLetterAction, BulkAction>> = { reprocess: 'retry', purge: 'delete' }

interface Target {
  readonly selection: DeadSelection
  /** The groups there are now, in the queue that is shown. */
  readonly groups: readonly FailureGroup[]
  readonly queue: string | undefined
  /** Whether `groups` is everything: then all may be meant at once. */
  readonly isEverything: boolean
}

/** Reprocesses or purges what is ticked: whole groups as operations on what matches, single tasks by id. */
export function useDeadLetterActions() {
  const { client } = useBroker()
  const bulk = useBulk()
  const run = useAction()
  return useCallback(
    async (action: DeadLetterAction, { selection, groups, queue, isEverything }: Target) => {
      const query: BulkQuery = { isDeadLetter: true, ...(queue !== undefined && { queue }) }
      const meant = groups.filter(({ fingerprint }) => selection.groups.has(fingerprint))
      if (isEverything && meant.length === groups.length && countTicked(selection, groups) > 0) {
        await bulk({ action: BULK_OF[action], query })
        return
      }
      await Promise.all(
        meant.map(({ fingerprint }) =>
          bulk({ action: BULK_OF[action], query: { ...query, errorFingerprint: fingerprint } }),
        ),
      )
      const byQueue = tasksByQueue(selection)
      if (byQueue.size === 0) return
      await run(async () => {
        let count = 0
        for (const [name, taskIds] of byQueue) {
          const picked = { queue: name, selection: { taskIds: [...taskIds] } }
          count +=
            action === 'reprocess'
              ? (await client.deadLetters.reprocess(picked)).length
              : await client.deadLetters.purge(picked)
        }
        return action === 'reprocess'
          ? `Running ${formatCount(count)} again`
          : `Deleted ${countOf(count, 'dead letter')}`
      }, 'Nothing more was done.')
    },
    [bulk, client, run],
  )
}
