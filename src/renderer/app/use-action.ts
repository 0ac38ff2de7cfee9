import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { showToast, type Toast } from '../ui/toast/toast-store.ts'
import { describeFailure } from './failure.ts'

/** What an action says when it is done: a sentence, with something to go on with. */
export type Done = string | Pick<Toast, 'message' | 'action'>

/**
 * Does something at the broker and says so; what failed is said too, never thrown. Everything shown is
 * asked anew then. Answers whether it was done.
 */
export function useAction(): (run: () => Promise<Done>, failure: string) => Promise<boolean> {
  const queryClient = useQueryClient()
  return useCallback(
    async (run, failure) => {
      const isDone = await tryAndTell(run, failure)
      await queryClient.invalidateQueries()
      return isDone
    },
    [queryClient],
  )
}

async function tryAndTell(run: () => Promise<Done>, failure: string): Promise<boolean> {
  try {
    const done = await run()
    showToast({ tone: 'success', ...(typeof done === 'string' ? { message: done } : done) })
    return true
  } catch (error) {
    showToast({ tone: 'failure', message: `${failure} ${describeFailure(error).message}` })
    return false
  }
}
