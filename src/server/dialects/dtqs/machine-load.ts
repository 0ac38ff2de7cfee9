import { cpus, freemem, totalmem } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import type { Clock } from '../../../shared/domain/clock.ts'

/** Of the whole machine, 0 to 100. */
export interface MachineLoad {
  readonly cpuPercent: number
  readonly memoryPercent: number
}

/** Shorter than this says little: the system counts in steps of 10 ms. */
const SPAN_MS = 200
/** What was counted longer ago than this does not tell how it is now. */
const STALE_MS = 10_000

interface CpuTimes {
  readonly at: number
  readonly idleMs: number
  readonly totalMs: number
}

/** How busy the processors were between two looks: since the last one when that is fresh, else over 200 ms. */
export function createLoadMeter(clock: Pick<Clock, 'monotonic'>): () => Promise<MachineLoad> {
  let last: CpuTimes | null = null
  let known: number | null = null
  let measuring: Promise<number> | null = null

  async function measure(): Promise<number> {
    const now = clock.monotonic()
    if (last === null || now - last.at > STALE_MS) {
      last = readCpuTimes(now)
      known = null
    }
    const age = now - last.at
    if (age < SPAN_MS) {
      if (known !== null) return known
      await wait(SPAN_MS - age)
    }
    const times = readCpuTimes(clock.monotonic())
    known = busyPercent(last, times)
    last = times
    return known
  }

  return async () => {
    measuring ??= measure().finally(() => {
      measuring = null
    })
    return { cpuPercent: await measuring, memoryPercent: percent(totalmem() - freemem(), totalmem()) }
  }
}

function readCpuTimes(at: number): CpuTimes {
  let idleMs = 0
  let totalMs = 0
  for (const { times } of cpus()) {
    idleMs += times.idle
    totalMs += times.user + times.nice + times.sys + times.idle + times.irq
  }
  return { at, idleMs, totalMs }
}

function busyPercent(before: CpuTimes, after: CpuTimes): number {
  const totalMs = after.totalMs - before.totalMs
  return percent(totalMs - (after.idleMs - before.idleMs), totalMs)
}

/** With one decimal. */
export function percent(part: number, whole: number): number {
  if (whole <= 0) return 0
  return Math.round(Math.min(1, Math.max(0, part / whole)) * 1000) / 10
}
