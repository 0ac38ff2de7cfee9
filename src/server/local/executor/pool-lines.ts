import type { Assignment, Slots } from './executor-protocol.ts'

/** What one worker waits to start, and how many threads it uses. Who ends a batch counts `running` down. */
export interface Line {
  slots: number
  running: number
  readonly waiting: Assignment[]
}

/** The lines before the pool: one a worker, each with its own share of the threads. */
export interface Lines {
  setSlots(slots: Slots): void
  /** Of all workers together. */
  slots(): number
  push(workerId: string, assignments: readonly Assignment[]): void
  /** Takes out what there is room for now, first in first out, a batch a thread, and counts it as running. */
  takeNext(): readonly Batch[]
  /** Puts attempts back in front that were taken and not started. */
  putBack(line: Line, assignments: readonly Assignment[]): void
  /** @returns whether it was waiting. */
  remove(number: number): boolean
}

/** Attempts for one thread, one after another. */
export interface Batch {
  readonly line: Line
  readonly assignments: readonly Assignment[]
}

/** A batch is to be over before anybody would notice that it was one. */
export const BATCH_MS = 4
export const MAX_BATCH = 50

/**
 * @param expectedMs how long an attempt at a task of this name is expected to run, when it is known to
 *   be short; null runs alone.
 */
export function createLines(expectedMs: (name: string) => number | null): Lines {
  const lines = new Map<string, Line>()

  function lineOf(workerId: string): Line {
    let line = lines.get(workerId)
    if (line === undefined) lines.set(workerId, (line = { slots: 0, running: 0, waiting: [] }))
    return line
  }

  function sizeOf(waiting: readonly Assignment[], share: number): number {
    const most = Math.min(share, MAX_BATCH)
    let size = 0
    for (let ms = 0; size < most; size += 1) {
      const expected = expectedMs(waiting[size]!.name)
      if (expected === null) break
      ms += expected
      if (ms > BATCH_MS) break
    }
    return Math.max(1, size)
  }

  return {
    setSlots(slots) {
      for (const [workerId, count] of Object.entries(slots)) lineOf(workerId).slots = count
      for (const [workerId, line] of lines) {
        if (slots[workerId] !== undefined) continue
        line.slots = 0
        if (line.running === 0 && line.waiting.length === 0) lines.delete(workerId)
      }
    },
    slots: () =>
      Math.max(
        1,
        [...lines.values()].reduce((sum, line) => sum + line.slots, 0),
      ),
    push: (workerId, assignments) => void lineOf(workerId).waiting.push(...assignments),
    takeNext() {
      const next: Batch[] = []
      for (const line of lines.values())
        while (line.waiting.length > 0 && line.running < line.slots) {
          const share = Math.ceil(line.waiting.length / (line.slots - line.running))
          next.push({ line, assignments: line.waiting.splice(0, sizeOf(line.waiting, share)) })
          line.running += 1
        }
      return next
    },
    putBack: (line, assignments) => void line.waiting.unshift(...assignments),
    remove(number) {
      for (const { waiting } of lines.values()) {
        const index = waiting.findIndex((assignment) => assignment.number === number)
        if (index === -1) continue
        waiting.splice(index, 1)
        return true
      }
      return false
    },
  }
}
