import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NO_ARGS, NO_KWARGS } from '../../../shared/domain/json.ts'
import type { Assignment } from './executor-protocol.ts'
import { type Batch, BATCH_MS, createLines, MAX_BATCH } from './pool-lines.ts'

const assignment = (number: number, name = 't'): Assignment => ({
  number,
  id: String(number),
  name,
  queue: 'q',
  attempt: 1,
  args: NO_ARGS,
  kwargs: NO_KWARGS,
  metadata: {},
  timeoutMs: 1000,
  checkpoint: null,
  parents: null,
})
const oneByOne = () => null
const batches = (taken: readonly Batch[]) =>
  taken.map(({ assignments }) => assignments.map(({ number }) => number))
const numbers = (taken: readonly Batch[]) => batches(taken).flat()

describe('the lines before the pool', () => {
  it('let through what each worker has room for, first in first out', () => {
    const lines = createLines(oneByOne)
    lines.setSlots({ a: 2, b: 1 })
    lines.push(
      'a',
      [1, 2, 3].map((number) => assignment(number)),
    )
    lines.push(
      'b',
      [4, 5].map((number) => assignment(number)),
    )
    const first = lines.takeNext()
    expect(numbers(first)).toEqual([1, 2, 4])
    expect(lines.takeNext()).toEqual([])
    for (const { line } of first.slice(1)) line.running -= 1
    expect(numbers(lines.takeNext())).toEqual([3, 5])
  })

  it('count their slots together, and one at least', () => {
    const lines = createLines(oneByOne)
    expect(lines.slots()).toBe(1)
    lines.setSlots({ a: 2, b: 3 })
    expect(lines.slots()).toBe(5)
  })

  it('let nothing through for a worker whose slots are taken away, and keep what it runs in count', () => {
    const lines = createLines(oneByOne)
    lines.setSlots({ a: 2 })
    lines.push(
      'a',
      [1, 2, 3].map((number) => assignment(number)),
    )
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
    const lines = createLines(oneByOne)
    lines.setSlots({ a: 1 })
    lines.push(
      'a',
      [1, 2].map((number) => assignment(number)),
    )
    lines.takeNext()
    expect([lines.remove(1), lines.remove(2), lines.remove(2)]).toEqual([false, true, false])
  })

  it('give a thread several attempts that are known to be short, and share what waits among the threads', () => {
    const lines = createLines(() => 0.1)
    lines.setSlots({ a: 2 })
    lines.push(
      'a',
      [1, 2, 3, 4, 5].map((number) => assignment(number)),
    )
    expect(batches(lines.takeNext())).toEqual([
      [1, 2, 3],
      [4, 5],
    ])
  })

  it('never let a short attempt stand behind one that may be long', () => {
    const lines = createLines((name) => (name === 'long' ? null : 0.1))
    lines.setSlots({ a: 1 })
    lines.push('a', [assignment(1), assignment(2, 'long'), assignment(3), assignment(4)])
    const taken = [1, 2, 3].map(() => {
      const [next] = lines.takeNext()
      next!.line.running -= 1
      return batches([next!])[0]
    })
    expect(taken).toEqual([[1], [2], [3, 4]])
  })

  it('end a batch before it is noticed, and at a number of attempts', () => {
    const sizeAt = (expectedMs: number) => {
      const lines = createLines(() => expectedMs)
      lines.setSlots({ a: 1 })
      lines.push(
        'a',
        Array.from({ length: 200 }, (_, index) => assignment(index)),
      )
      return numbers(lines.takeNext()).length
    }
    expect(sizeAt(1)).toBe(BATCH_MS)
    expect(sizeAt(0)).toBe(MAX_BATCH)
  })

  it('put back in front what was taken and not started', () => {
    const lines = createLines(() => 0.1)
    lines.setSlots({ a: 1 })
    lines.push('a', [assignment(1), assignment(2)])
    const [batch] = lines.takeNext()
    lines.push('a', [assignment(3)])
    lines.putBack(batch!.line, [assignment(2)])
    batch!.line.running -= 1
    expect(numbers(lines.takeNext())).toEqual([2, 3])
  })

  it('never run more than there are slots, and lose and double nothing, whatever the order', () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant('push' as const), worker: fc.constantFrom('a', 'b') }),
      fc.record({ do: fc.constant('take' as const) }),
      fc.record({ do: fc.constant('end' as const) }),
      fc.record({ do: fc.constant('slots' as const), a: fc.nat(3), b: fc.nat(3) }),
    )
    fc.assert(
      fc.property(fc.array(step, { size: 'max', maxLength: 100 }), fc.boolean(), (sequence, isShort) => {
        const lines = createLines(() => (isShort ? 0.1 : null))
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
