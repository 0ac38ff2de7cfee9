import { describe, expect, it } from 'vitest'
import {
  areDependenciesInstalled,
  isInstalledAsLocked,
  markDependenciesInstalled,
} from '../../scripts/installed-packages.mjs'
import { openWritableFolder } from './writable-folder.ts'

const locked = {
  packages: {
    '': {},
    'node_modules/zod': { version: '4.0.0', integrity: 'sha512-a' },
    'node_modules/only-for-macos': { version: '1.0.0', optional: true },
  },
}
const installed = { packages: { 'node_modules/zod': { version: '4.0.0', integrity: 'sha512-a' } } }

describe('isInstalledAsLocked', () => {
  it('misses nothing when only another platform’s packages are absent', () => {
    expect(isInstalledAsLocked(locked, installed)).toBe(true)
  })

  it.each([
    ['is absent', {}],
    ['has another version', { 'node_modules/zod': { version: '3.9.0', integrity: 'sha512-a' } }],
    ['has other contents', { 'node_modules/zod': { version: '4.0.0', integrity: 'sha512-b' } }],
  ])('notices a package that %s', (_, packages) => {
    expect(isInstalledAsLocked(locked, { packages })).toBe(false)
  })
})

describe('areDependenciesInstalled', () => {
  it('is false in a fresh clone', () => {
    using folder = openWritableFolder()
    folder.write({ 'package-lock.json': JSON.stringify(locked) })

    expect(areDependenciesInstalled(folder.path)).toBe(false)
  })

  it('takes over what somebody installed with npm themselves', () => {
    using folder = openWritableFolder()
    folder.write({
      'package-lock.json': JSON.stringify(locked),
      'node_modules/.package-lock.json': JSON.stringify(installed),
    })

    expect(areDependenciesInstalled(folder.path)).toBe(true)
  })

  it('is true once installed, and false again when the lockfile changes', () => {
    using folder = openWritableFolder()
    folder.write({ 'package-lock.json': '{}', 'node_modules/.keep': '' })
    markDependenciesInstalled(folder.path)
    expect(areDependenciesInstalled(folder.path)).toBe(true)

    folder.write({ 'package-lock.json': JSON.stringify(locked) })

    expect(areDependenciesInstalled(folder.path)).toBe(false)
  })
})
