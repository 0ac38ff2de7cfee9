import type * as Electron from 'electron'
import { app } from './app.ts'
import { strict } from './strict.ts'
import { windows } from './windows.ts'

type Template = readonly Electron.MenuItemConstructorOptions[]

/** What the roles that the tests click do; the others are the system's own. */
const ROLES: Partial<Record<string, () => void>> = {
  quit: () => app.quit(),
  close: () => [...windows][0]?.close(),
}

/** One entry, as the program reads and clicks it. */
class MenuItem {
  readonly id: string
  readonly label: string
  readonly role: string | undefined
  readonly enabled: boolean
  readonly accelerator: string | undefined
  readonly submenu: Menu | undefined
  readonly #click: (() => void) | undefined

  constructor({
    id = '',
    label,
    role,
    type,
    enabled = true,
    accelerator,
    click,
    submenu,
  }: Electron.MenuItemConstructorOptions) {
    if (label === undefined && role === undefined && type !== 'separator')
      throw new Error('Invalid template for MenuItem: must have at least one of label, role or type')
    this.id = id
    this.label = label ?? ''
    this.role = role
    this.enabled = enabled
    this.accelerator = accelerator
    this.submenu = Array.isArray(submenu) ? Menu.buildFromTemplate(submenu) : undefined
    this.#click = click === undefined ? undefined : () => click({} as never, undefined, {})
  }

  /** As a person: what is disabled does nothing. */
  readonly click = (): void => {
    if (!this.enabled) return
    if (this.role === undefined) this.#click?.()
    else ROLES[this.role]?.()
  }
}

let applicationMenu: Menu | null = null

class MenuPart {
  readonly items: MenuItem[]

  constructor(items: MenuItem[]) {
    this.items = items
  }

  getMenuItemById(id: string): MenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id)
      if (found) return found
    }
    return null
  }
}

export type Menu = MenuPart

/** Menus are never drawn here; they are read and clicked through Electron's own names. */
export const Menu = strict('Menu', {
  buildFromTemplate: (template: Template): Menu => new MenuPart(template.map((entry) => new MenuItem(entry))),
  setApplicationMenu(menu: Menu | null) {
    applicationMenu = menu
  },
  getApplicationMenu: () => applicationMenu,
} satisfies {
  [
    Name in keyof Pick<
      typeof Electron.Menu,
      'buildFromTemplate' | 'setApplicationMenu' | 'getApplicationMenu'
    >
  ]: unknown
})
