import type { BulkAction, BulkOperation, BulkSkip } from '../../../shared/domain/bulk-port.ts'
import { formatCount } from '../../ui/format/count.ts'

const UNDER_WAY: Readonly<Record<BulkAction, string>> = {
  cancel: 'Cancelling',
  retry: 'Running again',
  delete: 'Deleting',
  pause: 'Pausing',
  resume: 'Resuming',
  priority: 'Changing the priority of',
}

const DONE: Readonly<Record<BulkAction, (count: string) => string>> = {
  cancel: (count) => `Cancelled ${count}`,
  retry: (count) => `Running ${count} again`,
  delete: (count) => `Deleted ${count}`,
  pause: (count) => `Paused ${count}`,
  resume: (count) => `Resumed ${count}`,
  priority: (count) => `Changed the priority of ${count}`,
}

/** `Cancelling 120 of 400`. */
export function progressText({ action, done, skipped, matched }: BulkOperation): string {
  const count = done + skipped
  return matched === null
    ? `${UNDER_WAY[action]} what matches`
    : `${UNDER_WAY[action]} ${formatCount(count)} of ${formatCount(Math.max(count, matched))}`
}

/** 0 to 1; null while it is not known how many there are. */
export function progressOf({ done, skipped, matched }: BulkOperation): number | null {
  return matched === null || matched === 0 ? null : Math.min(1, (done + skipped) / matched)
}

/** What came of it, in one sentence: how many were done, how many were not and why. */
export function outcomeText({ action, done, reasons, state, reason }: BulkOperation): string {
  const parts = [DONE[action](formatCount(done))]
  for (const [code, count] of Object.entries(reasons) as [BulkSkip, number][])
    parts.push(`skipped ${formatCount(count)} ${skipWords(code, action)}`)
  if (state === 'cancelled') parts.push('stopped before the rest')
  if (state === 'failed') parts.push(`then it ended: ${(reason ?? 'it failed').replace(/\.$/, '')}`)
  return parts.join(', ')
}

const SKIP_WORDS: Partial<Record<BulkSkip, string>> = {
  NO_LONGER_MATCHES: 'that had changed meanwhile',
  ALREADY_REPLAYED: 'that had been run again before',
  TASK_NOT_FOUND: 'no longer there',
}

function skipWords(code: BulkSkip, action: BulkAction): string {
  return code === 'INVALID_STATE' ? STATE_WORDS[action] : (SKIP_WORDS[code] ?? `(${code})`)
}

const STATE_WORDS: Readonly<Record<BulkAction, string>> = {
  cancel: 'that had already finished',
  retry: 'that had not failed',
  delete: 'that are still running',
  pause: 'that were paused or had finished',
  resume: 'that were not paused',
  priority: 'that run or have finished',
}
