import type { SetTimer } from './follow-feed.ts'

export interface Throttle {
  /** Asks for a run: at once when the last was long enough ago, else as soon as it is. */
  request(): void
  cancel(): void
}

/** Runs `run` at most every `everyMs`, never missing the last request. */
export function createThrottle(
  run: () => void,
  everyMs: number,
  { now, setTimer }: { readonly now: () => number; readonly setTimer: SetTimer },
): Throttle {
  let lastRunAt = -Infinity
  let cancelTimer: (() => void) | null = null
  const runNow = () => {
    cancelTimer = null
    lastRunAt = now()
    run()
  }
  return {
    request: () => {
      if (cancelTimer !== null) return
      const waitMs = lastRunAt + everyMs - now()
      if (waitMs <= 0) runNow()
      else cancelTimer = setTimer(runNow, waitMs)
    },
    cancel: () => {
      cancelTimer?.()
      cancelTimer = null
    },
  }
}
