import type { Ledger } from './ledger.ts'

/** What alerts are judged by, from what the ledger keeps. */
export interface AlertNumbers {
  readonly depths: readonly { readonly queue: string; readonly pending: number }[]
  /** Finished so far, without what was cancelled. */
  readonly succeeded: number
  readonly unsuccessful: number
  /** Names of which any timed out, and how many ever. */
  readonly timeouts: readonly { readonly queue: string; readonly name: string; readonly total: number }[]
}

export function readAlertNumbers(ledger: Ledger): AlertNumbers {
  let succeeded = 0
  let unsuccessful = 0
  const timeouts: { queue: string; name: string; total: number }[] = []
  for (const { queue, name, totals } of ledger.nameTotals()) {
    succeeded += totals.succeeded
    unsuccessful += totals.failed + totals.timedOut
    if (totals.timedOut > 0) timeouts.push({ queue, name, total: totals.timedOut })
  }
  const depths = ledger.queueNames().map((queue) => ({ queue, pending: ledger.counts(queue).pending }))
  return { depths, succeeded, unsuccessful, timeouts }
}
