import { PAGES } from '../pages.ts'
import { MOD_KEY } from './mod-key.ts'

export interface ShortcutGroup {
  readonly title: string
  readonly entries: readonly { readonly keys: readonly string[]; readonly does: string }[]
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
