import { app, Menu, nativeImage, Tray } from 'electron'
import { TRAY_ICON_PNG_BASE64 } from './tray-icon.ts'
import { trayMenu, trayTooltip, type BrokerGlance, type TrayActions } from './tray-menu.ts'

export interface ShownTray {
  /** @param glance null while the broker does not run */
  show(glance: BrokerGlance | null): void
}

/** The icon in the system's tray; on macOS the menu and the badge of the dock. Only when the program is ready. */
export function showTray(actions: TrayActions): ShownTray {
  // Held here: an icon that is garbage disappears.
  const tray = process.platform === 'darwin' ? null : new Tray(trayImage())
  tray?.on('click', actions.open)
  let shown = ''

  const show = (glance: BrokerGlance | null) => {
    const template = trayMenu(glance, actions)
    // A menu that is replaced while it is open closes on some systems.
    const labels = JSON.stringify(template.map(({ label, enabled }) => [label, enabled]))
    if (labels !== shown) {
      const menu = Menu.buildFromTemplate(template)
      tray?.setContextMenu(menu)
      app.dock?.setMenu(menu)
      app.dock?.setBadge(glance === null || glance.deadLetters === 0 ? '' : String(glance.deadLetters))
      shown = labels
    }
    tray?.setToolTip(trayTooltip(glance))
  }
  show(null)
  return { show }
}

function trayImage() {
  return nativeImage.createFromDataURL(`data:image/png;base64,${TRAY_ICON_PNG_BASE64}`)
}
