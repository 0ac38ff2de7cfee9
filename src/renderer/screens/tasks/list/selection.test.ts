import { describe, expect, it } from 'vitest'
import { coverage, extendTo, NOTHING_SELECTED, selectAllMatching, toggleAll, toggleRow } from './selection.ts'

const rows = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id }))
const ticked = (...ids: readonly string[]) => ids.reduce(toggleRow, NOTHING_SELECTED)

describe('ticking rows', () => {
  it('adds one, and takes it away the second time', () => {
    expect([...ticked('a', 'b', 'a').ids]).toEqual(['b'])
  })

  it('reaches from the last ticked row to the one clicked with Shift, upwards too', () => {
    expect([...extendTo(ticked('d'), 'b', rows).ids].toSorted()).toEqual(['b', 'c', 'd'])
    expect([...extendTo(ticked('a'), 'c', rows).ids].toSorted()).toEqual(['a', 'b', 'c'])
  })

  it('keeps what was ticked before a range', () => {
    expect([...extendTo(ticked('a', 'c'), 'd', rows).ids].toSorted()).toEqual(['a', 'c', 'd'])
  })

  it('ticks one row when the beginning of the range is gone', () => {
    expect([...extendTo(ticked('gone'), 'b', rows).ids].toSorted()).toEqual(['b', 'gone'])
  })

  it('ticks all loaded rows with the head’s box, and lets go of all', () => {
    const all = toggleAll(ticked('b'), rows)
    expect(all.ids.size).toBe(5)
    expect(toggleAll(all, rows)).toBe(NOTHING_SELECTED)
  })

  it('says how much is ticked', () => {
    expect(coverage(NOTHING_SELECTED, rows)).toBe(false)
    expect(coverage(ticked('a'), rows)).toBe('some')
    expect(coverage(toggleAll(NOTHING_SELECTED, rows), rows)).toBe(true)
    expect(coverage(selectAllMatching(rows), [...rows, { id: 'loaded later' }])).toBe(true)
  })
})
