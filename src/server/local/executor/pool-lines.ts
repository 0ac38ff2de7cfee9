import type { Assignment, Slots } from './executor-protocol.ts'

/** What one worker waits to start, and how many it runs. Whoever ends an attempt counts `running` down. */
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
  /** Takes out what there is room for now, first in first out, and counts it as running. */
  takeNext(): readonly { readonly assignment: Assignment; readonly line: Line }[]
  /** @returns whether it was waiting. */
  remove(number: number): boolean
}

export function createLines(): Lines {
  const lines = new Map<string, Line>()

  function lineOf(workerId: string): Line {
    let line = lines.get(workerId)
    if (line === undefined) lines.set(workerId, (line = { slots: 0, running: 0, waiting: [] }))
    return line
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
      const next: { assignment: Assignment; line: Line }[] = []
      for (const line of lines.values())
        while (line.waiting.length > 0 && line.running < line.slots) {
          next.push({ assignment: line.waiting.shift()!, line })
          line.running += 1
        }
      return next
    },
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
