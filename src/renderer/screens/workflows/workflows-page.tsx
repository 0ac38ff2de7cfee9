import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { ListFilter, Plus, Workflow as WorkflowIcon } from 'lucide-react'
import { useState, type ReactElement } from 'react'
import { WORKFLOW_STATES, type WorkflowState } from '../../../shared/domain/workflow.ts'
import { FreshnessNote } from '../../app/frame/freshness-note.tsx'
import { Page } from '../../app/frame/page.tsx'
import { QueryContent } from '../../app/frame/query-content.tsx'
import { useUnchangeable } from '../../app/use-lacking.ts'
import { useShownNow } from '../../app/use-shown-now.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { countOf } from '../../ui/format/count.ts'
import { STATE_LOOKS } from '../../ui/state/task-state.ts'
import { TabPanel, Tabs } from '../../ui/tabs.tsx'
import { SHOWN_WORKFLOWS, useWorkflows } from './use-workflows.ts'
import { WorkflowDetail } from './workflow-detail.tsx'
import { WorkflowForm } from './workflow-form.tsx'
import { WorkflowList } from './workflow-list.tsx'
import styles from './workflows.module.css'

const route = getRouteApi('/workflows')

const TABS = [
  { value: 'all', label: 'All' },
  ...WORKFLOW_STATES.map((value) => ({ value, label: STATE_LOOKS[value].word })),
] as const satisfies readonly { readonly value: WorkflowState | 'all'; readonly label: string }[]

/** Tasks that belong together: the list of them, or the graph of one. */
export function WorkflowsPage(): ReactElement {
  const { state, open, node } = route.useSearch()
  const navigate = useNavigate({ from: '/workflows' })
  const lacking = useUnchangeable('workflows')
  const [isMaking, setIsMaking] = useState(false)
  const newButton = (
    <Button icon={Plus} disabledReason={lacking} onClick={() => setIsMaking(true)}>
      New workflow…
    </Button>
  )
  return (
    <Page title="Workflows" layout="fill" filters={newButton}>
      {open === undefined ? (
        <WorkflowTabs
          state={state}
          onState={(next) => void navigate({ search: { state: next }, replace: true })}
          onOpen={(id) => void navigate({ search: { state, open: id } })}
        />
      ) : (
        <WorkflowDetail
          key={open}
          id={open}
          nodeKey={node ?? null}
          onNode={(key) => void navigate({ search: { state, open, node: key }, replace: node !== undefined })}
          onBack={() => void navigate({ search: { state } })}
        />
      )}
      {isMaking && (
        <WorkflowForm
          onClose={() => setIsMaking(false)}
          onDone={(id) => {
            setIsMaking(false)
            void navigate({ search: { state, open: id } })
          }}
        />
      )}
    </Page>
  )
}

interface WorkflowTabsProps {
  readonly state: WorkflowState | undefined
  readonly onState: (state: WorkflowState | undefined) => void
  readonly onOpen: (id: string) => void
}

function WorkflowTabs({ state, onState, onOpen }: WorkflowTabsProps) {
  const query = useWorkflows(state)
  const now = useShownNow(query.dataUpdatedAt)
  const tab = state ?? 'all'
  return (
    <Tabs
      label="Workflows by state"
      className={styles.page}
      items={TABS}
      value={tab}
      onChange={(next) => onState(next === 'all' ? undefined : next)}
    >
      <TabPanel value={tab} className={styles.panel}>
        <QueryContent query={query} what="workflows">
          {({ workflows, next }) =>
            workflows.length === 0 ? (
              <NoWorkflows state={state} onClear={() => onState(undefined)} />
            ) : (
              <>
                <div className={styles.scroller}>
                  <WorkflowList workflows={workflows} now={now} onOpen={onOpen} />
                </div>
                <footer className={styles.foot}>
                  <span>
                    {next === null
                      ? countOf(workflows.length, 'workflow')
                      : `The newest ${SHOWN_WORKFLOWS} workflows`}
                  </span>
                  <FreshnessNote />
                </footer>
              </>
            )
          }
        </QueryContent>
      </TabPanel>
    </Tabs>
  )
}

interface NoWorkflowsProps {
  readonly state: WorkflowState | undefined
  readonly onClear: () => void
}

function NoWorkflows({ state, onClear }: NoWorkflowsProps) {
  if (state !== undefined)
    return (
      <EmptyState
        icon={ListFilter}
        title={`No workflow is ${STATE_LOOKS[state].word.toLowerCase()}`}
        actions={<Button onClick={onClear}>Show all</Button>}
      />
    )
  return (
    <EmptyState icon={WorkflowIcon} title="No tasks belong together yet">
      A workflow is a graph of tasks: each starts when those before it have succeeded, and can read their
      results. Make one with “New workflow…”, or submit one over HTTP.
    </EmptyState>
  )
}
