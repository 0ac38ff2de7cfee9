import { expect } from 'vitest'

/** What a page lists is what there is: nothing is left out, and nothing is made up. Order is no matter. */
export function expectSameNames(listed: readonly string[], real: readonly string[]): void {
  expect(real).not.toEqual([])
  expect({
    unlisted: real.filter((name) => !listed.includes(name)),
    gone: listed.filter((name) => !real.includes(name)),
  }).toEqual({ unlisted: [], gone: [] })
}
