import { getRouteApi, useNavigate } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { Page } from '../../app/frame/page.tsx'
import { TabPanel, Tabs } from '../../ui/tabs.tsx'
import { AlertHistory } from './alert-history.tsx'
import { AlertRules } from './alert-rules.tsx'
import styles from './alerts.module.css'
import type { AlertView } from './alerts-search.ts'
import { OpenAlerts } from './open-alerts.tsx'
import { useOpenAlerts } from '../../app/use-open-alerts.ts'

const route = getRouteApi('/alerts')

const CONTENT = { open: OpenAlerts, history: AlertHistory, rules: AlertRules } as const

/** What is wrong, what was, and what counts as wrong. */
export function AlertsPage(): ReactElement {
  const { view = 'open' } = route.useSearch()
  const navigate = useNavigate({ from: '/alerts' })
  const { data: open } = useOpenAlerts()
  const Content = CONTENT[view]
  return (
    <Page title="Alerts" layout="fill">
      <Tabs
        label="Alerts"
        className={styles.page}
        items={[
          { value: 'open', label: 'Open', count: open?.length ?? null },
          { value: 'history', label: 'History' },
          { value: 'rules', label: 'Rules' },
        ]}
        value={view}
        onChange={(next: AlertView) => void navigate({ search: { view: next }, replace: true })}
      >
        <TabPanel value={view} className={styles.scroller}>
          <div className={styles.column}>
            <Content />
          </div>
        </TabPanel>
      </Tabs>
    </Page>
  )
}
