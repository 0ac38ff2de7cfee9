import { app, Menu } from 'electron'
import type { WindowCommand } from '../../shared/contract/window-commands.ts'
import { showAboutPanel } from './show-about-panel.ts'
import { menuTemplate } from './menu-template.ts'

/** Puts up the menu bar: always seen on macOS, with Alt elsewhere. */
export function installMenu(run: (command: WindowCommand) => void): void {
  const template = menuTemplate({
    platform: process.platform,
    isDevelopment: !app.isPackaged,
    run,
    showAbout: showAboutPanel,
  })
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}
