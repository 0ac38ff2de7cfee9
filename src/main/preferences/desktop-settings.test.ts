import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createDesktopSettings } from './desktop-settings.ts'
import { openPreferences } from './preferences-file.ts'

const HOUR_MS = 3_600_000

describe('the settings of the desktop app', () => {
  let folder: string
  let now = 0
  let opensAtLogin = false
  const loginItem = {
    get: () => ({ isOn: opensAtLogin, reason: null }),
    set(isOn: boolean) {
      opensAtLogin = isOn
    },
  }
  const open = () => {
    const preferences = openPreferences(path.join(folder, 'desktop.json'), now)
    return createDesktopSettings({ preferences, loginItem, now: () => now })
  }
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'penstock-settings-'))
    now = 0
    opensAtLogin = false
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('are kept for the next start, but for what the system keeps', () => {
    open().update({ onClose: 'quit', openAtLogin: true })
    opensAtLogin = false
    expect(open().get()).toMatchObject({ onClose: 'quit', openAtLogin: { isOn: false } })
  })

  it('keep what is muted until it is over, or unmuted', () => {
    const settings = open()
    settings.mute({ subject: 'task:mail/send', label: 'send', until: HOUR_MS })
    settings.mute({ subject: 'everything', label: 'Everything', until: 2 * HOUR_MS })
    expect(open().isMuted('task:mail/send')).toBe(true)
    now = HOUR_MS
    expect(open().isMuted('task:mail/send')).toBe(false)
    expect(
      open()
        .get()
        .muted.map(({ label }) => label),
    ).toEqual(['Everything'])
    expect(open().unmute('everything').muted).toEqual([])
  })

  it('have each thing muted once, for as long as was said last', () => {
    const settings = open()
    for (const until of [HOUR_MS, 2 * HOUR_MS])
      settings.mute({ subject: 'everything', label: 'Everything', until })
    expect(settings.get().muted).toEqual([{ subject: 'everything', label: 'Everything', until: 2 * HOUR_MS }])
  })
})
