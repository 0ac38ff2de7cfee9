import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createIds } from './create-ids.ts'

it('makes ids that grow, whatever the clock does', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1_700_000_000_000, max: 1_700_000_000_100 }), { minLength: 2 }),
      (instants) => {
        const ids = instants.map(createIds(Math.random))
        expect(ids).toEqual([...new Set(ids)].toSorted())
        for (const id of ids)
          expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
      },
    ),
  )
})

it('carries the instant, so that ids tell when', () => {
  const id = createIds(() => 0)(1_795_227_597_841)
  expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(1_795_227_597_841)
})

it('repeats none of what is random, however many are made', () => {
  const newId = createIds(() => 0)
  const tails = Array.from({ length: 2000 }, () => newId(0).slice(-8))
  expect(new Set(tails).size).toBeGreaterThan(1990)
})
