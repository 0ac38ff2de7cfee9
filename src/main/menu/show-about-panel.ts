import { app } from 'electron'
import { VERSION } from '../../server/app/version.ts'

/** The system's own panel of what this program is; Settings, "About" has more, and there it can be copied. */
export function showAboutPanel(): void {
  const { electron, chrome, node } = process.versions
  app.setAboutPanelOptions({
    applicationName: 'Penstock',
    applicationVersion: VERSION,
    // macOS shows it in brackets. That of Electron's own bundle would say nothing of Penstock.
    version: `Electron ${electron}`,
    credits: `Electron ${electron}, Chromium ${chrome}, Node ${node}`,
  })
  app.showAboutPanel()
}
