import type { ThreadCheck } from './executor-protocol.ts'
import type { ThreadPool } from './thread-pool.ts'

/** How long one batch may take, loading its modules included, on a machine that is busy with other things. */
const TIMEOUT_MS = 3000
const MAX_BATCH = 100

export interface InputChecks {
  add(requestId: number, input: ThreadCheck): void
}

/**
 * Asks handlers what they have against inputs, one batch at a time: checks never hold more than the one
 * thread that tasks leave free.
 * @param onChecked gets null when there is nothing, and when the batch ran out of time or broke its
 * thread: every attempt checks its input again.
 */
export function createInputChecks(
  pool: Pick<ThreadPool, 'check'>,
  onChecked: (requestId: number, refusal: string | null) => void,
): InputChecks {
  const waiting: { readonly requestId: number; readonly input: ThreadCheck }[] = []
  let isRunning = false

  async function run(): Promise<void> {
    isRunning = true
    while (waiting.length > 0) {
      const batch = waiting.splice(0, MAX_BATCH)
      let refusals: readonly (string | null)[]
      try {
        refusals = await pool.check(
          batch.map(({ input }) => input),
          AbortSignal.timeout(TIMEOUT_MS),
        )
      } catch {
        refusals = []
      }
      for (const [index, { requestId }] of batch.entries()) onChecked(requestId, refusals[index] ?? null)
    }
    isRunning = false
  }
  return {
    add(requestId, input) {
      waiting.push({ requestId, input })
      if (!isRunning) void run()
    },
  }
}
