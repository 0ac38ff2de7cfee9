const FIRST_DELAY_MS = 250
const LONGEST_DELAY_MS = 10_000

/**
 * How long to wait before trying to connect again, in milliseconds: doubles with each failure up to
 * 10 s, of which at least half, so that many windows do not come back in one instant.
 *
 * @param failures how many attempts in a row failed, ≥ 1
 * @param random returns a number in [0, 1)
 */
export function reconnectDelayMs(failures: number, random: () => number): number {
  const ceiling = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (failures - 1))
  return Math.round(ceiling * (0.5 + random() / 2))
}

/** More than this is not caught up with event by event: nobody reads it, and figures are asked anyway. */
const LONGEST_CATCH_UP = 5_000

export interface ResumePoint {
  readonly after: number
  /** Events between the last one seen and `after` that are left out. */
  readonly missed: number
}

/**
 * Where to go on reading.
 *
 * @param lastSeq last event seen; null when none was
 * @param latestSeq newest event the broker has
 * @param history how many earlier events to fetch when starting afresh
 */
export function resumePoint(lastSeq: number | null, latestSeq: number, history: number): ResumePoint {
  // A number beyond the newest is from another history: the data folder was replaced.
  if (lastSeq === null || lastSeq > latestSeq) return { after: Math.max(0, latestSeq - history), missed: 0 }
  const after = Math.max(lastSeq, latestSeq - LONGEST_CATCH_UP)
  return { after, missed: after - lastSeq }
}
