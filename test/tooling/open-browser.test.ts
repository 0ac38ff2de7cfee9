import { describe, expect, it } from 'vitest'
import { browserCommand } from '../../scripts/open-browser.mjs'

const url = 'http://127.0.0.1:8080/'

describe('browserCommand', () => {
  it('uses what the system opens addresses with', () => {
    expect(browserCommand(url, { platform: 'darwin', env: {} })).toEqual(['open', url])
    expect(browserCommand(url, { platform: 'linux', env: { DISPLAY: ':0' } })).toEqual(['xdg-open', url])
    expect(browserCommand(url, { platform: 'linux', env: { WAYLAND_DISPLAY: 'w' } })).toEqual([
      'xdg-open',
      url,
    ])
    expect(browserCommand(url, { platform: 'win32', env: {} })).toContain('start')
  })

  it('opens nothing where nobody looks', () => {
    expect(browserCommand(url, { platform: 'linux', env: {} })).toBeNull()
    expect(browserCommand(url, { platform: 'darwin', env: { CI: 'true' } })).toBeNull()
  })
})
