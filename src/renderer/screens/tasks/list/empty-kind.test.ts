import { describe, expect, it } from 'vitest'
import type { Overview } from '../../../../shared/domain/overview.ts'
import type { StateCounts, Totals } from '../../../../shared/domain/queue.ts'
import { TASK_STATES } from '../../../../shared/domain/state.ts'
import { emptyKindOf } from './empty-kind.ts'

const counts = Object.fromEntries(TASK_STATES.map((state) => [state, 0])) as StateCounts
const used = {
  counts,
  totals: { submitted: 5 } as Totals,
  workers: { total: 1, active: 0, idle: 1 },
} satisfies Partial<Overview>

describe('an empty list', () => {
  it('teaches where nothing was ever submitted, whatever the filters', () => {
    const unused = { ...used, totals: { submitted: 0 } as Totals }
    expect(emptyKindOf({}, unused, [])).toBe('never used')
    expect(emptyKindOf({ state: 'failed' }, unused, [])).toBe('never used')
  })

  it('is good news where failures are looked for', () => {
    expect(emptyKindOf({ state: 'failed' }, used, [])).toBe('nothing failed')
    expect(emptyKindOf({ dead: true }, used, [])).toBe('nothing failed')
  })

  it('says that no worker takes what waits', () => {
    const stalled = { ...used, counts: { ...counts, pending: 7 }, workers: { total: 1, active: 0, idle: 0 } }
    expect(emptyKindOf({ state: 'running' }, stalled, [])).toBe('no workers')
    expect(emptyKindOf({ state: 'running' }, used, [])).toBe('nothing now')
  })

  it('repeats the filters where one of them may be the reason', () => {
    expect(emptyKindOf({ state: 'failed', queue: 'payments' }, used, [])).toBe('nothing matches')
    expect(emptyKindOf({ text: 'x' }, undefined, [])).toBe('nothing matches')
    expect(emptyKindOf({ state: 'succeeded' }, used, [])).toBe('nothing matches')
  })

  it('does not say that nothing was ever submitted where that is not told', () => {
    const unknown = { ...used, totals: { submitted: 0 } as Totals }
    expect(emptyKindOf({ state: 'failed' }, unknown, ['submitted'])).toBe('nothing failed')
  })

  it('says nothing while nothing is known', () => {
    expect(emptyKindOf({}, undefined, [])).toBe('unknown')
  })
})
