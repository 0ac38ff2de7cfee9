import type { Alert } from '../../../shared/domain/alert.ts'
import type { Overview } from '../../../shared/domain/overview.ts'
import { countOf, formatShortCount } from '../../ui/format/count.ts'
import type { PagePath } from '../pages.ts'

/** A few characters at the right end of a rail item. Red means trouble, amber that somebody stopped something. */
export interface RailBadge {
  readonly text: string
  readonly tone: 'plain' | 'warning' | 'trouble'
  /** In full, on hover and read out. */
  readonly title: string
}

export type RailBadges = Partial<Record<PagePath, RailBadge>>

/**
 * @param overview undefined while it is not known: no badges
 * @param alerts what is not cleared; undefined while it is not known
 */
export function railBadges(overview: Overview | undefined, alerts?: readonly Alert[]): RailBadges {
  if (overview === undefined) return {}
  const { deadLetters, queues, workers, counts } = overview
  const available = workers.active + workers.idle
  return {
    ...(queues.paused > 0 && {
      '/queues': {
        text: formatShortCount(queues.paused),
        tone: 'warning',
        title: `${countOf(queues.paused, 'queue')} paused`,
      },
    }),
    ...(available === 0 &&
      counts.pending > 0 && {
        '/workers': { text: '0', tone: 'trouble', title: 'Tasks wait, and no worker takes them' },
      }),
    ...(deadLetters > 0 && {
      '/dead-letters': {
        text: formatShortCount(deadLetters),
        tone: 'trouble',
        title: countOf(deadLetters, 'dead letter'),
      },
    }),
    ...alertBadge(alerts ?? []),
  }
}

/** Grey once somebody has seen them all. */
function alertBadge(alerts: readonly Alert[]): RailBadges {
  if (alerts.length === 0) return {}
  const unseen = alerts.filter(({ state }) => state === 'active')
  const isTrouble = unseen.some(({ severity }) => severity === 'critical')
  return {
    '/alerts': {
      text: formatShortCount(alerts.length),
      tone: isTrouble ? 'trouble' : unseen.length > 0 ? 'warning' : 'plain',
      title: `${countOf(alerts.length, 'alert')}, ${unseen.length === 0 ? 'all seen' : `${unseen.length} not seen`}`,
    },
  }
}
