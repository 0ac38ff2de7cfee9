import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findListEnd } from './find-list-end.ts'

async function find(length: number, lastEnd: number) {
  let looks = 0
  const end = await findListEnd(async (index) => {
    looks += 1
    return index < length
  }, lastEnd)
  return { end, looks }
}

describe('where a list ends', () => {
  it('is found wherever it is, and wherever it was the last time', () =>
    fc.assert(
      fc.asyncProperty(fc.nat(100_000), fc.nat(100_000), async (length, lastEnd) => {
        const { end, looks } = await find(length, lastEnd)
        expect(end).toBe(length)
        expect(looks).toBeLessThan(45)
      }),
    ))

  it('is found in two looks while nothing changes', async () => {
    expect(await find(70_000, 70_000)).toEqual({ end: 70_000, looks: 2 })
  })

  it('is nowhere for a list that never ends, and that is seen soon', async () => {
    const { end, looks } = await find(Number.POSITIVE_INFINITY, 0)
    expect(end).toBeNull()
    expect(looks).toBeLessThan(40)
  })
})
