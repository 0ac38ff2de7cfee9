import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, it, vi } from 'vitest'
import { WINDOW_COMMANDS, type WindowCommand } from '../../shared/contract/window-commands.ts'
import { menuTemplate } from './menu-template.ts'

const itemsOf = (template: readonly MenuItemConstructorOptions[]): readonly MenuItemConstructorOptions[] =>
  template.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? itemsOf(item.submenu) : [])])

describe.each(['linux', 'win32', 'darwin'] as const)('the menu bar on %s', (platform) => {
  const run = vi.fn<(command: WindowCommand) => void>()
  const showAbout = vi.fn<() => void>()
  const items = itemsOf(menuTemplate({ platform, isDevelopment: false, run, showAbout }))

  it('has every command that the palette always has, and does that; and says what this program is', () => {
    const offered = items.flatMap(({ id }) => (id === undefined ? [] : [id]))
    expect(offered.toSorted()).toEqual([...WINDOW_COMMANDS, 'about'].toSorted())
    for (const item of items) item.click?.({} as never, undefined, {})
    expect(run.mock.calls.map(([command]) => command).toSorted()).toEqual(WINDOW_COMMANDS.toSorted())
    expect(showAbout).toHaveBeenCalledOnce()
  })

  it('takes no key twice, and none that is typed', () => {
    const keys = items.flatMap(({ accelerator }) => (accelerator === undefined ? [] : [accelerator]))
    expect(new Set(keys).size).toBe(keys.length)
    expect(keys.filter((key) => !key.startsWith('CmdOrCtrl+'))).toEqual([])
  })

  it('has what every program has, and no developer tools', () => {
    const roles = items.flatMap(({ role }) => (role === undefined ? [] : [role]))
    expect(roles).toEqual(
      expect.arrayContaining(['undo', 'copy', 'paste', 'selectAll', 'quit', 'togglefullscreen']),
    )
    expect(roles).not.toContain('toggleDevTools')
    expect(roles).not.toContain('reload')
    expect(roles.includes('services')).toBe(platform === 'darwin')
  })
})
