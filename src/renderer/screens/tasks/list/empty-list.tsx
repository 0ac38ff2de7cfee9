import { useQueryClient } from '@tanstack/react-query'
import { CircleCheck, CirclePlay, ListChecks, Plus, PowerOff, SearchX, X } from 'lucide-react'
import type { Overview } from '../../../../shared/domain/overview.ts'
import { useBroker } from '../../../app/broker-connection.tsx'
import { overlay } from '../../../app/overlay-store.ts'
import { runSampleLoad } from '../../../app/sample-load.ts'
import { useUntold } from '../../../app/use-untold.tsx'
import { useStatus } from '../../../app/use-status.ts'
import { Button } from '../../../ui/button.tsx'
import { CodeBlock } from '../../../ui/code-block.tsx'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { countOf } from '../../../ui/format/count.ts'
import { filterText } from '../filter/filter-chips.ts'
import type { TasksSearch } from '../tasks-search.ts'
import { submitCommand } from '../../overview/first-run/submit-command.ts'
import { emptyKindOf } from './empty-kind.ts'
import styles from './empty-list.module.css'

interface EmptyListProps {
  readonly search: TasksSearch
  readonly overview: Overview | undefined
  readonly onClear: () => void
}

/** Why the list is empty, which is not always bad, and what to do next. */
export function EmptyList({ search, overview, onClear }: EmptyListProps) {
  const untold = useUntold('totals')
  switch (emptyKindOf(search, overview, untold)) {
    case 'unknown':
      return null
    case 'never used':
      return <NeverUsed />
    case 'nothing failed':
      return (
        <EmptyState
          icon={CircleCheck}
          title={search.dead === true ? 'No dead letters' : 'Nothing has failed'}
          actions={<ShowAll onClear={onClear} />}
        >
          {search.dead === true
            ? 'Every task that died has been dealt with, or none has died.'
            : 'Tasks that fail, or run past their timeout, end up here with their error and traceback.'}
        </EmptyState>
      )
    case 'no workers':
      return (
        <EmptyState
          icon={PowerOff}
          title={`${countOf(overview?.counts.pending ?? 0, 'task')} wait, and no worker takes them`}
          actions={<ShowAll onClear={onClear} />}
        >
          The worker threads are starting, paused or gone. The health pill at the top says more; an external
          worker can take tasks over HTTP meanwhile.
        </EmptyState>
      )
    case 'nothing now':
      return (
        <EmptyState
          icon={ListChecks}
          title={`Nothing is ${search.state ?? ''} right now`}
          actions={<ShowAll onClear={onClear} />}
        />
      )
    case 'nothing matches':
      return (
        <EmptyState
          icon={SearchX}
          title="No task matches"
          actions={
            <Button icon={X} onClick={onClear}>
              Clear the filters
            </Button>
          }
        >
          <span>
            Nothing fits <span className="mono">{filterText(search)}</span>.
          </span>
        </EmptyState>
      )
  }
}

const ShowAll = ({ onClear }: { readonly onClear: () => void }) => (
  <Button onClick={onClear}>Show all tasks</Button>
)

function NeverUsed() {
  const { client } = useBroker()
  const queryClient = useQueryClient()
  const { data: status } = useStatus()
  const curl = submitCommand(status?.listeners ?? [])
    .map(({ text }) => text)
    .join('')
  return (
    <EmptyState
      icon={ListChecks}
      title="No task yet"
      actions={
        <>
          <Button variant="primary" icon={Plus} onClick={() => overlay.openSubmit({ name: 'demo' })}>
            Submit a task
          </Button>
          <Button icon={CirclePlay} onClick={() => void runSampleLoad(client, queryClient)}>
            Run the sample load
          </Button>
        </>
      }
    >
      <span>Send one from a terminal, and watch it run here:</span>
      <div className={styles.code}>
        <CodeBlock label="Submit a task with curl">{curl}</CodeBlock>
        <span className={styles.copy}>
          <CopyButton text={curl} what="the command" />
        </span>
      </div>
      <span>
        Or put a file that exports a function into{' '}
        <span className="mono">{status?.tasksFolder ?? 'the tasks folder'}</span>: its name is the task’s.
      </span>
    </EmptyState>
  )
}
