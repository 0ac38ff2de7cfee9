import type { MenuItemConstructorOptions } from 'electron'
import { WINDOW_ACTIONS, WINDOW_PAGES, type WindowCommand } from '../../shared/contract/window-commands.ts'

interface MenuSettings {
  readonly platform: NodeJS.Platform
  /** Not the packaged app: whoever develops it wants its tools. */
  readonly isDevelopment: boolean
  /** Does in the window what its palette does. */
  run(command: WindowCommand): void
  /** Shows the system's own panel of what this program is. */
  showAbout(): void
}

/** Accelerators of pages, by their place: the tenth has no digit left. */
const PAGE_DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'] as const

const SEPARATOR: MenuItemConstructorOptions = { type: 'separator' }

/**
 * The menu bar: the palette's commands, and what every program has. The letters that the window itself
 * understands (`G T`, `N`, `?`) are no accelerators: they would be typed into its fields.
 */
export function menuTemplate(settings: MenuSettings): MenuItemConstructorOptions[] {
  const { platform, isDevelopment, run, showAbout } = settings
  const isMac = platform === 'darwin'
  const command = (id: WindowCommand, label: string, accelerator?: string): MenuItemConstructorOptions => ({
    id,
    label,
    ...(accelerator === undefined ? {} : { accelerator }),
    click: () => run(id),
  })
  const action = (id: keyof typeof WINDOW_ACTIONS, accelerator?: string) =>
    command(id, WINDOW_ACTIONS[id], accelerator)
  const openSettings = command('page:/settings', 'Settings…', 'CmdOrCtrl+,')
  const about: MenuItemConstructorOptions = { id: 'about', label: 'About Penstock', click: showAbout }
  const palette = command('palette', 'Go to…', 'CmdOrCtrl+K')
  const pages = WINDOW_PAGES.filter(({ path }) => path !== '/settings').map(({ path, title }, index) => {
    const digit = PAGE_DIGITS[index]
    return command(`page:${path}`, title, digit === undefined ? undefined : `CmdOrCtrl+${digit}`)
  })

  const appMenu: MenuItemConstructorOptions = {
    label: 'Penstock',
    submenu: [
      about,
      SEPARATOR,
      openSettings,
      SEPARATOR,
      { role: 'services' },
      SEPARATOR,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      SEPARATOR,
      { role: 'quit' },
    ],
  }
  const fileMenu: MenuItemConstructorOptions = {
    label: '&File',
    submenu: [
      action('submit', 'CmdOrCtrl+N'),
      action('sample'),
      SEPARATOR,
      action('copy-address', 'CmdOrCtrl+Shift+C'),
      ...(isMac ? [] : [SEPARATOR, openSettings]),
      SEPARATOR,
      { role: 'close' },
      ...(isMac ? [] : [{ role: 'quit' } as const]),
    ],
  }
  const editMenu: MenuItemConstructorOptions = {
    label: '&Edit',
    submenu: [
      { role: 'undo' },
      { role: 'redo' },
      SEPARATOR,
      { role: 'cut' },
      { role: 'copy' },
      { role: 'paste' },
      { role: 'delete' },
      { role: 'selectAll' },
    ],
  }
  const viewMenu: MenuItemConstructorOptions = {
    label: '&View',
    submenu: [
      action('theme:system'),
      action('theme:light'),
      action('theme:dark'),
      SEPARATOR,
      { role: 'resetZoom', accelerator: 'CmdOrCtrl+Alt+0' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      SEPARATOR,
      { role: 'togglefullscreen' },
      ...(isDevelopment ? [SEPARATOR, { role: 'reload' } as const, { role: 'toggleDevTools' } as const] : []),
    ],
  }
  return [
    ...(isMac ? [appMenu] : []),
    fileMenu,
    editMenu,
    viewMenu,
    { label: '&Go', submenu: [palette, SEPARATOR, ...pages] },
    ...(isMac ? [{ role: 'windowMenu' } as const] : []),
    {
      label: '&Help',
      role: 'help',
      submenu: [action('shortcuts', 'CmdOrCtrl+/'), ...(isMac ? [] : [SEPARATOR, about])],
    },
  ]
}
