import type { Untold } from '../../../shared/domain/capabilities.ts'
import type { EpochMs } from '../../../shared/domain/clock.ts'
import {
  DEFAULT_RETENTION_COUNT,
  DEFAULT_RETENTION_MS,
  type QueueSettings,
  type RateLimit,
} from '../../../shared/domain/queue-settings.ts'
import type { Queue } from '../../../shared/domain/queue.ts'
import { DEFAULT_MAX_RETRIES, DEFAULT_TIMEOUT_MS } from '../../../shared/domain/limits.ts'
import { DEFAULT_BACKOFF } from '../../../shared/domain/backoff.ts'
import { formatCount, formatRate } from '../../ui/format/count.ts'
import { formatAge, formatDuration } from '../../ui/format/duration.ts'
import { isStalled } from '../overview/busiest-queues.ts'

/** How a queue is doing: stalled is worst, and never looks idle. */
export type QueueCondition = 'stalled' | 'paused' | 'busy' | 'idle'

export function conditionOf(queue: Queue, untold: Untold['queue']): QueueCondition {
  const { isPaused, counts } = queue
  if (isPaused) return 'paused'
  if (isStalled(queue, untold)) return 'stalled'
  return counts.pending + counts.running + counts.retrying > 0 ? 'busy' : 'idle'
}

/** How long its oldest waiting task has waited: `9 s`, `6 m 12 s`, `–`. */
export function waitedText({ oldestPendingAt }: Queue, now: EpochMs): string {
  if (oldestPendingAt === null) return '–'
  const ms = now - oldestPendingAt
  return ms < 60_000 ? formatAge(ms) : formatDuration(ms)
}

/** From here on the oldest task has waited for long: said in amber, unless somebody paused the queue. */
const LONG_WAIT_MS = 60_000

export function hasLongWait({ oldestPendingAt, isPaused }: Queue, now: EpochMs): boolean {
  return !isPaused && oldestPendingAt !== null && now - oldestPendingAt >= LONG_WAIT_MS
}

export interface SettingLine {
  readonly label: string
  readonly value: string
  /** It is the product's, not this queue's own. */
  readonly isDefault: boolean
}

/** Every setting in words, whether the queue's own or what holds without. */
export function describeSettings(settings: QueueSettings): readonly SettingLine[] {
  const { concurrency, rateLimit, timeoutMs, queueTimeoutMs, maxRetries, backoff } = settings
  const { retentionMs, retentionCount } = settings
  const line = <Value>(
    label: string,
    own: Value | null,
    otherwise: string,
    say: (value: Value) => string,
  ): SettingLine => ({ label, value: own === null ? otherwise : say(own), isDefault: own === null })
  const policy = backoff ?? DEFAULT_BACKOFF
  return [
    line('Runs at once', concurrency, 'no limit of its own', formatCount),
    line('Rate', rateLimit, 'no limit', describeRate),
    line('Timeout of an attempt', timeoutMs, formatDuration(DEFAULT_TIMEOUT_MS), formatDuration),
    line('Waits at most', queueTimeoutMs, 'as long as it takes', formatDuration),
    line('Retries', maxRetries, String(DEFAULT_MAX_RETRIES), formatCount),
    {
      label: 'Back-off',
      value: `${formatDuration(policy.baseMs)} × ${policy.factor}, at most ${formatDuration(policy.capMs)}${policy.jitter === 'full' ? ', spread' : ''}`,
      isDefault: backoff === null,
    },
    line('Keeps finished tasks', retentionMs, formatDuration(DEFAULT_RETENTION_MS), formatDuration),
    line(
      'Keeps at most',
      retentionCount,
      `${formatCount(DEFAULT_RETENTION_COUNT)} tasks`,
      (count) => `${formatCount(count)} tasks`,
    ),
  ]
}

function describeRate({ count, perMs }: RateLimit): string {
  if (perMs === 1000) return `${formatCount(count)} per second`
  const span = perMs === 60_000 ? 'minute' : formatDuration(perMs)
  return `${formatCount(count)} per ${span} (${formatRate((count * 1000) / perMs)}/s)`
}
