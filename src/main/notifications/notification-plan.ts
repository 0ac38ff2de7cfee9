import type { Notable } from './notable.ts'

/** What is shown: one thing that happened, or how much did. */
export interface Notice {
  readonly title: string
  readonly body: string
  /** Null of a summary. */
  readonly notable: Notable | null
  /** Where "Open" leads when it is a summary. */
  readonly page: 'dead-letters' | 'alerts'
}

export interface NextNotices {
  readonly notices: readonly Notice[]
  /** When to ask again, in milliseconds; null when nothing is held back. */
  readonly againInMs: number | null
}

/** Never more than these within a minute, whatever fails: the last of them may stand for thousands. */
export const MOST_PER_MINUTE = 4
const MINUTE_MS = 60_000

/** Names that a summary tells apart; the others are only counted. */
const MOST_NAMES = 50

/** Collects what happened and decides what of it is shown when. Keeps counts, not all there was. */
export interface NotificationPlan {
  add(notable: Notable): void
  /**
   * @param now of a clock that only grows, in milliseconds
   * @param quietMs for how long nothing may be shown; then all of it is one notice
   */
  next(now: number, quietMs: number): NextNotices
}

export function createNotificationPlan(): NotificationPlan {
  let held = emptyHeld()
  let shownAt: readonly number[] = []

  return {
    add(notable) {
      if (held.first.length < MOST_PER_MINUTE) held.first.push(notable)
      held[notable.kind] += 1
      if (held.names.has(notable.label) || held.names.size < MOST_NAMES)
        held.names.set(notable.label, (held.names.get(notable.label) ?? 0) + 1)
    },
    next(now, quietMs) {
      const count = held.task + held.alert
      if (count === 0) return { notices: [], againInMs: null }
      if (quietMs > 0) return { notices: [], againInMs: quietMs }
      shownAt = shownAt.filter((at) => now - at < MINUTE_MS)
      const room = MOST_PER_MINUTE - shownAt.length
      if (room === 0) return { notices: [], againInMs: shownAt[0]! + MINUTE_MS - now }
      // The last place of the minute is kept for a summary of whatever else comes.
      const notices = count < room ? held.first.map(toNotice) : [summaryOf(held)]
      held = emptyHeld()
      shownAt = [...shownAt, ...notices.map(() => now)]
      return { notices, againInMs: null }
    },
  }
}

interface Held {
  readonly first: Notable[]
  task: number
  alert: number
  readonly names: Map<string, number>
}

const emptyHeld = (): Held => ({ first: [], task: 0, alert: 0, names: new Map() })

function toNotice(notable: Notable): Notice {
  const { title, body, kind } = notable
  return { title, body, notable, page: kind === 'task' ? 'dead-letters' : 'alerts' }
}

function summaryOf({ first, task, alert, names }: Held): Notice {
  const [only] = first
  if (only !== undefined && task + alert === 1) return toNotice(only)
  const title = [
    ...(task > 0 ? [`${count(task, 'task')} failed`] : []),
    ...(alert > 0 ? [count(alert, 'alert')] : []),
  ].join(', ')
  const most = [...names].toSorted(([, one], [, other]) => other - one).slice(0, 3)
  const rest = task + alert - most.reduce((sum, [, times]) => sum + times, 0)
  const parts = most.map(([name, times]) => (times === 1 ? name : `${name} ×${times.toLocaleString('en')}`))
  return {
    title,
    body: [...parts, ...(rest > 0 ? [`${rest.toLocaleString('en')} more`] : [])].join(', '),
    notable: null,
    page: task > 0 ? 'dead-letters' : 'alerts',
  }
}

const count = (number: number, one: string) =>
  `${number.toLocaleString('en')} ${one}${number === 1 ? '' : 's'}`
