import type { ReactElement } from 'react'
import { useBroker } from '../../app/broker-connection.tsx'
import { Page } from '../../app/frame/page.tsx'
import { AboutPanel } from './about-panel.tsx'
import { AppearancePanel } from './appearance-panel.tsx'
import { BackupsPanel } from './backups-panel.tsx'
import { ConnectionPanel } from './connection-panel.tsx'
import { DesktopPanel } from './desktop-panel.tsx'
import { HandlersPanel } from './handlers-panel.tsx'
import { HealthPanel } from './health-panel.tsx'
import { RemotePanel } from './remote-panel.tsx'
import { RetentionPanel } from './retention-panel.tsx'
import { SecretsPanel } from './secrets-panel.tsx'
import styles from './settings.module.css'

/** How the window looks, what it hides, and what it is connected to. */
export function SettingsPage(): ReactElement {
  const { connection } = useBroker()
  return (
    <Page title="Settings">
      <div className={styles.page}>
        <AppearancePanel />
        <SecretsPanel />
        <DesktopPanel />
        {connection === null ? <ConnectionPanel /> : <RemotePanel />}
        <HandlersPanel />
        {connection === null && <RetentionPanel />}
        {connection === null && <BackupsPanel />}
        <HealthPanel />
        <AboutPanel />
      </div>
    </Page>
  )
}
