import { useState } from 'react'
import type { EventLog } from './event-log.ts'

export interface HeldLog {
  /** What the list shows. */
  readonly shown: EventLog
  /** How many matched since it stands still. */
  readonly newer: number
}

/** The log, or, while it is held, the log as it was then; the real one goes on behind it. */
export function useHeldLog(log: EventLog, isHeld: boolean): HeldLog {
  const [held, setHeld] = useState<EventLog | null>(null)
  if (isHeld && held === null) setHeld(log)
  if (!isHeld && held !== null) setHeld(null)
  // A log that counts less was begun anew: another filter. Then there is nothing to hold on to.
  if (held !== null && log.matched < held.matched) setHeld(log)
  const shown = held ?? log
  return { shown, newer: Math.max(0, log.matched - shown.matched) }
}
