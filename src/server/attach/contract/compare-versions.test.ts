import { expect, it } from 'vitest'
import { compareVersions } from './compare-versions.ts'

it.each([
  ['0.1.0', '0.1.9', 'same'],
  ['0.1.0-beta.1', '0.1.0', 'same'],
  ['0.1.0', '0.2.0', 'older'],
  ['0.10.0', '0.2.0', 'newer'],
  ['1.0.0', '0.9.0', 'newer'],
  ['1.5.0', '1.0.3', 'same'],
  ['1.5.0', '2.0.0', 'older'],
  ['nginx', '0.1.0', null],
  ['', '0.1.0', null],
] as const)('a server of version %s is for one of %s: %s', (theirs, ours, expected) => {
  expect(compareVersions(theirs, ours)).toBe(expected)
})
