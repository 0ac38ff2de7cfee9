import type { EpochMs } from '../../shared/domain/clock.ts'
import { formatAge } from './format/duration.ts'
import { formatInstant } from './format/instant.ts'
import { useNow } from './now.ts'

interface RelativeTimeProps {
  readonly at: EpochMs
  /** What happened then, as in "died 48 s ago" or "runs in 28 m". */
  readonly verb?: string | undefined
}

/** How long ago, or how soon; the exact instant on hover. Changes each second, in place. */
export function RelativeTime({ at, verb }: RelativeTimeProps) {
  const text = relativeText(at, useNow())
  return (
    <time dateTime={new Date(at).toISOString()} title={formatInstant(at)}>
      {verb === undefined ? text : `${verb} ${text}`}
    </time>
  )
}

/** `48 s ago`, `in 28 m`, `now`. */
export function relativeText(at: EpochMs, now: EpochMs): string {
  const age = formatAge(Math.abs(now - at))
  if (age === 'now') return age
  return at > now ? `in ${age}` : `${age} ago`
}
