import { useSyncExternalStore } from 'react'
import type { EpochMs } from '../../shared/domain/clock.ts'

const listeners = new Set<() => void>()
let now: EpochMs = Date.now()
let timer: ReturnType<typeof setInterval> | null = null

function tick(): void {
  now = Date.now()
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  if (timer === null) {
    now = Date.now()
    timer = setInterval(tick, 1000)
  }
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0 || timer === null) return
    clearInterval(timer)
    timer = null
  }
}

/** The time, to the second. All readers share one timer and change together; it stops with the last. */
export function useNow(): EpochMs {
  return useSyncExternalStore(subscribe, () => now)
}
