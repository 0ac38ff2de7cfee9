import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DEFAULT_PREFERENCES } from './preferences.ts'
import { openPreferences } from './preferences-file.ts'

const NOW = Date.UTC(2026, 10, 21, 5, 6, 7)

describe('what the desktop app remembers', () => {
  let folder: string
  let file: string
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'penstock-preferences-'))
    file = path.join(folder, 'home', 'desktop.json')
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('is the default at first, and what was set from then on', () => {
    const first = openPreferences(file, NOW)
    expect(first.get()).toEqual(DEFAULT_PREFERENCES)
    first.set({ dataFolder: '/elsewhere' })
    expect(first.get().dataFolder).toBe('/elsewhere')
    const second = openPreferences(file, NOW)
    expect(second.get()).toEqual({ ...DEFAULT_PREFERENCES, dataFolder: '/elsewhere' })
    expect([...first.problems, ...second.problems]).toEqual([])
    expect(readdirSync(path.dirname(file))).toEqual(['desktop.json'])
  })

  it('is taken from a file that lacks some of it or has more', () => {
    mkdirSync(path.dirname(file))
    writeFileSync(file, '{ "tasksFolder": "/tasks", "ofANewerVersion": true }')
    const { get, problems } = openPreferences(file, NOW)
    expect(get()).toEqual({ ...DEFAULT_PREFERENCES, tasksFolder: '/tasks' })
    expect(problems).toEqual([])
  })

  it.each(['', '{"window":', '[]', '{"window":{"x":"left"}}', '{"dataFolder":7}'])(
    'begins anew where the file holds %j, which is kept beside it',
    (text) => {
      mkdirSync(path.dirname(file))
      writeFileSync(file, text)
      const { get, problems } = openPreferences(file, NOW)
      expect(get()).toEqual(DEFAULT_PREFERENCES)
      expect(problems).toEqual([expect.stringContaining('damaged-2026-11-21T05-06-07')])
      const [kept = ''] = readdirSync(path.dirname(file))
      expect(readFileSync(path.join(path.dirname(file), kept), 'utf8')).toBe(text)
    },
  )

  it('lasts as long as the program where it cannot be written, which is told once', () => {
    writeFileSync(path.join(folder, 'home'), 'a file in the place of the folder')
    const { get, set, problems } = openPreferences(file, NOW)
    set({ dataFolder: '/one' })
    set({ dataFolder: '/two' })
    expect(get().dataFolder).toBe('/two')
    expect(problems).toEqual([
      expect.stringContaining('cannot be read'),
      expect.stringContaining('cannot be kept'),
    ])
  })
})
