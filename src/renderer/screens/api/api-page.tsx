import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useBroker } from '../../app/broker-connection.tsx'
import { Page } from '../../app/frame/page.tsx'
import { QueryContent } from '../../app/frame/query-content.tsx'
import { useStatus } from '../../app/use-status.ts'
import { Panel } from '../../ui/panel.tsx'
import { DIALECTS } from './api-calls.ts'
import styles from './api.module.css'
import type { ApiSearch } from './api-search.ts'
import { CallsPanel } from './calls-panel.tsx'
import { ListenersPanel } from './listeners-panel.tsx'

const route = getRouteApi('/api')

/** How programs reach this broker. */
export function ApiPage(): ReactElement {
  const { queries } = useBroker()
  const search = route.useSearch()
  const navigate = useNavigate({ from: '/api' })
  const status = useStatus()
  // Once, so that no example changes while it is read.
  const { data: newest } = useQuery(
    queries.tasks.list.queryOptions({ input: { limit: 1 }, staleTime: Infinity, refetchOnMount: 'always' }),
  )
  const change = (next: ApiSearch) => void navigate({ search: { ...search, ...next }, replace: true })
  return (
    <Page title="API">
      <QueryContent query={status} what="addresses">
        {(known) => {
          const spoken = DIALECTS.find((dialect) =>
            known.listeners.some(({ dialects }) => dialects.includes(dialect)),
          )
          return (
            <div className={styles.page}>
              <ListenersPanel listeners={known.listeners} />
              {known.isKeyRequired && (
                <Panel title="Key">
                  <p className={styles.key}>
                    Every call needs the key that Penstock was started with, as <code>X-API-Key</code> or{' '}
                    <code>Authorization: Bearer</code>. The examples take it from the environment variable{' '}
                    <code>PENSTOCK_API_KEY</code>.
                  </p>
                </Panel>
              )}
              <CallsPanel
                status={known}
                task={newest?.tasks[0] ?? null}
                dialect={search.dialect ?? (spoken === 'turbine' ? 'asynq' : (spoken ?? 'asynq'))}
                language={search.language ?? 'curl'}
                onDialect={(dialect) => change({ dialect })}
                onLanguage={(language) => change({ language })}
              />
            </div>
          )
        }}
      </QueryContent>
    </Page>
  )
}
