import type { AboutPanelOptionsOptions } from 'electron'

/** What was shown last of what the program is; null while nothing was. */
export const aboutPanel: { shown: AboutPanelOptionsOptions | null } = { shown: null }
