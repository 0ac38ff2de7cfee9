/** The pages of the window, in the order of its rail. Its palette, its menu bar and its keys go by these. */
export const WINDOW_PAGES = [
  { path: '/', title: 'Overview', key: 'o', group: 'work' },
  { path: '/tasks', title: 'Tasks', key: 't', group: 'work' },
  { path: '/queues', title: 'Queues', key: 'q', group: 'work' },
  { path: '/workers', title: 'Workers', key: 'w', group: 'work' },
  { path: '/dead-letters', title: 'Dead letters', key: 'd', group: 'work' },
  { path: '/events', title: 'Events', key: 'e', group: 'insight' },
  { path: '/workflows', title: 'Workflows', key: 'f', group: 'insight' },
  { path: '/schedules', title: 'Schedules', key: 's', group: 'insight' },
  { path: '/analytics', title: 'Analytics', key: 'y', group: 'insight' },
  { path: '/alerts', title: 'Alerts', key: 'a', group: 'insight' },
  { path: '/api', title: 'API', key: 'i', group: 'foot' },
  { path: '/settings', title: 'Settings', key: ',', group: 'foot' },
] as const

export type PagePath = (typeof WINDOW_PAGES)[number]['path']

/** What the palette always offers besides pages. */
export const WINDOW_ACTIONS = {
  submit: 'Submit a task…',
  sample: 'Run the sample load',
  'copy-address': 'Copy the API address',
  'theme:system': 'Theme: as the system',
  'theme:light': 'Theme: light',
  'theme:dark': 'Theme: dark',
  shortcuts: 'Keyboard shortcuts',
} as const

export type WindowAction = keyof typeof WINDOW_ACTIONS

/** An entry of the palette that is always there, by its id; `palette` opens the palette itself. */
export type WindowCommand = `page:${PagePath}` | WindowAction | 'palette'

export const WINDOW_COMMANDS: readonly WindowCommand[] = [
  ...WINDOW_PAGES.map(({ path }) => `page:${path}` as const),
  // Object.keys forgets what they are.
  ...(Object.keys(WINDOW_ACTIONS) as WindowAction[]),
  'palette',
]
