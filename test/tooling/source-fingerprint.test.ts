import { renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { sourceFingerprint } from '../../scripts/source-fingerprint.mjs'
import { openWritableFolder } from './writable-folder.ts'

const places = ['src', 'package.json', 'not-there']

function openSources() {
  const folder = openWritableFolder()
  folder.write({ 'src/a.ts': 'a', 'src/deep/b.ts': 'b', 'package.json': '{}', 'README.md': 'read' })
  return folder
}

describe('sourceFingerprint', () => {
  it('changes with the contents of any file a build reads', () => {
    using folder = openSources()
    const before = sourceFingerprint(folder.path, places)

    folder.write({ 'src/deep/b.ts': 'c' })

    expect(sourceFingerprint(folder.path, places)).not.toBe(before)
  })

  it('changes when a file is added, renamed or removed', () => {
    using folder = openSources()
    const seen = [sourceFingerprint(folder.path, places)]
    const file = (name: string) => path.join(folder.path, 'src', name)

    folder.write({ 'src/c.ts': '' })
    seen.push(sourceFingerprint(folder.path, places))
    renameSync(file('c.ts'), file('d.ts'))
    seen.push(sourceFingerprint(folder.path, places))
    rmSync(file('a.ts'))
    seen.push(sourceFingerprint(folder.path, places))

    expect(new Set(seen).size).toBe(seen.length)
  })

  it('stays the same when a test or a file outside changes', () => {
    using folder = openSources()
    const before = sourceFingerprint(folder.path, places)

    folder.write({ 'src/a.test.ts': 'new', 'README.md': 'new' })

    expect(sourceFingerprint(folder.path, places)).toBe(before)
  })
})
