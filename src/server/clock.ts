import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from '../shared/domain/clock.ts'

/** The machine's own clocks. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
}

/** The machine's own randomness, in [0, 1). Not for secrets. */
export const systemDice = (): number => Math.random()

/** Resolves after so many milliseconds, or early with the signal; never rejects. */
export async function systemWait(ms: number, signal?: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined)
}

/** The machine's own time and dice, as what attaches to a server takes them. */
export const systemTime = { clock: systemClock, random: systemDice, wait: systemWait }
