import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NO_ARGS, NO_KWARGS } from '../../../shared/domain/json.ts'
import type { Assignment } from './executor-protocol.ts'
import { createLines } from './pool-lines.ts'

const assignment = (number: number): Assignment => ({
  number,
  id: String(number),
  name: 't',
  queue: 'q',
  attempt: 1,
  args: NO_ARGS,
  kwargs: NO_KWARGS,
  metadata: {},
  timeoutMs: 1000,
  checkpoint: null,
  parents: null,
})
const numbers = (taken: readonly { readonly assignment: Assignment }[]) =>
  taken.map(({ assignment: { number } }) => number)

describe('the lines before the pool', () => {
  it('let through what each worker has room for, first in first out', () => {
    const lines = createLines()
    lines.setSlots({ a: 2, b: 1 })
    lines.push('a', [1, 2, 3].map(assignment))
    lines.push('b', [4, 5].map(assignment))
    const first = lines.takeNext()
    expect(numbers(first)).toEqual([1, 2, 4])
    expect(lines.takeNext()).toEqual([])
    for (const { line } of first.slice(1)) line.running -= 1
    expect(numbers(lines.takeNext())).toEqual([3, 5])
  })

  it('count their slots together, and one at least', () => {
    const lines = createLines()
    expect(lines.slots()).toBe(1)
    lines.setSlots({ a: 2, b: 3 })
    expect(lines.slots()).toBe(5)
  })

  it('let nothing through for a worker whose slots are taken away, and keep what it runs in count', () => {
    const lines = createLines()
    lines.setSlots({ a: 2 })
    lines.push('a', [1, 2, 3].map(assignment))
    const running = lines.takeNext()
    lines.setSlots({})
    expect(lines.slots()).toBe(1)
    running[0]!.line.running -= 1
    expect(lines.takeNext()).toEqual([])
    lines.setSlots({ a: 1 })
    expect(lines.takeNext()).toEqual([])
    running[1]!.line.running -= 1
    expect(numbers(lines.takeNext())).toEqual([3])
  })

  it('take back what still waits', () => {
    const lines = createLines()
    lines.setSlots({ a: 1 })
    lines.push('a', [1, 2].map(assignment))
    lines.takeNext()
    expect([lines.remove(1), lines.remove(2), lines.remove(2)]).toEqual([false, true, false])
  })

  it('never run more than there are slots, and lose and double nothing, whatever the order', () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant('push' as const), worker: fc.constantFrom('a', 'b') }),
      fc.record({ do: fc.constant('take' as const) }),
      fc.record({ do: fc.constant('end' as const) }),
      fc.record({ do: fc.constant('slots' as const), a: fc.nat(3), b: fc.nat(3) }),
    )
    fc.assert(
      fc.property(fc.array(step, { size: 'max', maxLength: 100 }), (sequence) => {
        const lines = createLines()
        let slots = { a: 1, b: 1 }
        lines.setSlots(slots)
        let pushed = 0
        const taken: number[] = []
        const running: ReturnType<typeof lines.takeNext>[number][] = []
        for (const one of sequence)
          if (one.do === 'push') lines.push(one.worker, [assignment((pushed += 1))])
          else if (one.do === 'end') {
            const ended = running.shift()
            if (ended !== undefined) ended.line.running -= 1
          } else if (one.do === 'slots') lines.setSlots((slots = { a: one.a, b: one.b }))
          else {
            const next = lines.takeNext()
            running.push(...next)
            taken.push(...numbers(next))
            for (const { line } of next) expect(line.running).toBeLessThanOrEqual(line.slots)
          }
        lines.setSlots({ a: 1000, b: 1000 })
        taken.push(...numbers(lines.takeNext()))
        expect(taken.toSorted((a, b) => a - b)).toEqual(
          Array.from({ length: pushed }, (_, index) => index + 1),
        )
      }),
    )
  })
})
