import { describe, expect, it } from 'vitest'
import { queueOf } from './queue-fixture.ts'
import { sumCounts } from './sum-counts.ts'

describe('the counts of several queues', () => {
  it('are added state by state', () => {
    const queues = [queueOf({ counts: { pending: 2, failed: 1 } }), queueOf({ counts: { pending: 3 } })]

    expect(sumCounts(queues)).toMatchObject({ pending: 5, failed: 1, running: 0 })
  })

  it('are all zero when there is no queue', () => {
    expect(Object.values(sumCounts([])).every((count) => count === 0)).toBe(true)
  })
})
