import { desktopClient } from '../desktop/desktop-client.ts'
import { PAGES } from '../pages.ts'
import { MOD_KEY } from './mod-key.ts'

export interface ShortcutGroup {
  readonly title: string
  readonly entries: readonly { readonly keys: readonly string[]; readonly does: string }[]
}

/** Bound by its menu bar. */
const IN_THE_DESKTOP_APP: ShortcutGroup = {
  title: 'In the desktop app',
  entries: [
    { keys: [MOD_KEY, 'N'], does: 'Submit a task' },
    { keys: [MOD_KEY, '1'], does: 'The first page, and so on' },
    { keys: [MOD_KEY, ','], does: 'Settings' },
    { keys: [MOD_KEY, 'Shift', 'C'], does: 'Copy the API address' },
  ],
}

/** What the help lists. The keys themselves are bound where they act. */
export const SHORTCUTS: readonly ShortcutGroup[] = [
  {
    title: 'Anywhere',
    entries: [
      { keys: [MOD_KEY, 'K'], does: 'Go to a page, a task, an action' },
      { keys: ['N'], does: 'Submit a task' },
      { keys: ['/'], does: 'Search in this page' },
      { keys: ['Esc'], does: 'Close what is open' },
      { keys: ['?'], does: 'These shortcuts' },
    ],
  },
  {
    title: 'Go to',
    entries: PAGES.map(({ title, key }) => ({ keys: ['G', key.toUpperCase()], does: title })),
  },
  ...(desktopClient === null ? [] : [IN_THE_DESKTOP_APP]),
  {
    title: 'In every table',
    entries: [
      { keys: ['J'], does: 'Next row' },
      { keys: ['K'], does: 'Previous row' },
      { keys: ['Enter'], does: 'Open the row' },
      { keys: ['X'], does: 'Tick the row' },
    ],
  },
  {
    title: 'In the task list, besides',
    entries: [
      { keys: ['Shift', 'X'], does: 'Tick up to here' },
      { keys: ['R'], does: 'Run again' },
      { keys: ['C'], does: 'Cancel' },
      { keys: ['V'], does: 'Compare what is ticked' },
    ],
  },
]
