import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { NewBulk } from '../../../shared/domain/bulk-port.ts'
import { showToast, type Toast } from '../../ui/toast/toast-store.ts'
import { useBroker } from '../broker-connection.tsx'
import { describeFailure } from '../failure.ts'
import { dropOperation, putOperation } from './bulk-store.ts'
import { outcomeText } from './bulk-words.ts'

const LOOK_EVERY_MS = 250

export interface BulkOptions {
  /** What to offer when it has ended: undo, say. */
  readonly action?: Toast['action']
}

/**
 * Does something to everything that matches. It goes on in the broker, whatever becomes of this window;
 * here it is followed to its end, and what came of it is said. Never rejects.
 */
export function useBulk(): (bulk: NewBulk, options?: BulkOptions) => Promise<void> {
  const { client } = useBroker()
  const queryClient = useQueryClient()
  return useCallback(
    async (bulk, { action } = {}) => {
      let id: string | null = null
      try {
        const { states, names, ...query } = bulk.query
        let operation = await client.bulk.start({
          ...bulk,
          query: { ...query, ...(states && { states: [...states] }), ...(names && { names: [...names] }) },
        })
        id = operation.id
        while (operation.state === 'running') {
          putOperation(operation)
          await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
          operation = await client.bulk.get({ id })
        }
        showToast({
          tone: operation.state === 'failed' ? 'failure' : operation.done === 0 ? 'plain' : 'success',
          message: outcomeText(operation),
          action: operation.done > 0 ? action : undefined,
        })
      } catch (error) {
        showToast({ tone: 'failure', message: describeFailure(error).message })
      }
      if (id !== null) dropOperation(id)
      await queryClient.invalidateQueries()
    },
    [client, queryClient],
  )
}
