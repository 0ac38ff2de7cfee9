import { getRouteApi, Link } from '@tanstack/react-router'
import { ArrowLeft, Columns3, Eye, EyeOff, X } from 'lucide-react'
import { useState, type ReactElement } from 'react'
import { Page } from '../../../app/frame/page.tsx'
import { NotTold, useUntold } from '../../../app/use-untold.tsx'
import { Button, IconButton } from '../../../ui/button.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { FailureState } from '../../../ui/failure-state.tsx'
import { shortId } from '../../../ui/format/instant.ts'
import { useSecretWords } from '../../../ui/json/secret-words.ts'
import { RelativeTime } from '../../../ui/relative-time.tsx'
import { Segmented } from '../../../ui/segmented.tsx'
import { StatePill } from '../../../ui/state/state-pill.tsx'
import { Switch } from '../../../ui/switch.tsx'
import { TaskId } from '../../../ui/task-id.tsx'
import { compareFields } from './compare-fields.ts'
import { CompareLines } from './compare-lines.tsx'
import { CompareLogs } from './compare-logs-panel.tsx'
import { errorRows, factRows, inputsOf, resultsOf } from './compare-rows.ts'
import { LEAST_RUNS, letterOf, readRuns, writeRuns, type CompareSearch } from './compare-search.ts'
import { CompareTable } from './compare-table.tsx'
import { CompareTimeline } from './compare-timeline.tsx'
import styles from './compare.module.css'
import { useRuns, type Run } from './use-runs.ts'

const route = getRouteApi('/tasks/compare')

/** Two to four runs side by side: what went in, what came out, what went wrong, what was said, and when. */
export function ComparePage(): ReactElement {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const ids = readRuns(search.runs)
  const { found, missing, isLoading, retry } = useRuns(ids)
  const change = (patch: Partial<CompareSearch>) =>
    void navigate({ search: (before: CompareSearch) => ({ ...before, ...patch }), replace: true })
  const leaveOut = (id: string) => change({ runs: writeRuns(ids.filter((other) => other !== id)) })
  return (
    <Page title="Compare runs">
      <div className={styles.page}>
        <Link to="/tasks" className={styles.back}>
          <ArrowLeft size={14} aria-hidden /> Tasks
        </Link>
        {missing.map(({ id, failure }) => (
          <FailureState
            key={id}
            title={`${shortId(id)} could not be read.`}
            detail={
              failure.code === 'TASK_NOT_FOUND'
                ? 'It was deleted or purged, or its retention has ended.'
                : failure.message
            }
            onRetry={retry}
          />
        ))}
        {found.length >= LEAST_RUNS ? (
          <Comparison runs={found} search={search} onChange={change} onLeaveOut={leaveOut} />
        ) : (
          !isLoading && (
            <EmptyState icon={Columns3} title="Choose what to compare">
              Tick two to four tasks in the list of tasks, then press Compare.
            </EmptyState>
          )
        )}
      </div>
    </Page>
  )
}

interface ComparisonProps {
  readonly runs: readonly Run[]
  readonly search: CompareSearch
  readonly onChange: (patch: Partial<CompareSearch>) => void
  readonly onLeaveOut: (id: string) => void
}

const NOT_TOLD = 'Not told by this server.'
const VIEWS = [
  { value: 'fields', label: 'Fields' },
  { value: 'lines', label: 'Lines' },
] as const

function Comparison({ runs, search, onChange, onLeaveOut }: ComparisonProps) {
  const secretWords = useSecretWords()
  const [isRevealed, setIsRevealed] = useState(false)
  const words = isRevealed ? [] : secretWords
  const tasks = runs.map(({ task }) => task)
  const isOnlyDifferences = search.only !== undefined
  const table = { columns: runs.length, isOnlyDifferences }
  const untold = useUntold('task')
  const payloads = [
    {
      title: 'Input',
      roots: inputsOf(tasks),
      isTold: !untold.includes('args') || !untold.includes('kwargs'),
      nothing: 'None of them has an input.',
    },
    {
      title: 'Result',
      roots: resultsOf(tasks),
      isTold: !untold.includes('result'),
      nothing: 'None of them has a result.',
    },
  ]
  const isErrorTold = !untold.includes('error')
  return (
    <>
      <ol className={styles.runs} aria-label="Runs">
        {tasks.map((task, index) => (
          <li key={task.id} className={styles.run}>
            <b className={styles.letter}>{letterOf(index)}</b>
            <StatePill state={task.state} />
            <Link to="/tasks" search={{ task: task.id }} className={styles.name} title={task.name}>
              {untold.includes('name') ? <NotTold /> : task.name}
            </Link>
            <IconButton
              size="small"
              icon={X}
              label={`Leave out ${letterOf(index)}`}
              disabledReason={runs.length > LEAST_RUNS ? null : 'two are the least'}
              onClick={() => onLeaveOut(task.id)}
            />
            <span className={styles.which}>
              <TaskId id={task.id} /> {!untold.includes('createdAt') && <RelativeTime at={task.createdAt} />}
            </span>
          </li>
        ))}
      </ol>
      <div className={styles.choices}>
        <Switch
          label="Only differences"
          isOn={isOnlyDifferences}
          onChange={(isOn) => onChange({ only: isOn ? 'differences' : undefined })}
        />
        <Segmented
          label="Input and result by"
          choices={VIEWS}
          value={search.view ?? 'fields'}
          onChange={(view) => onChange({ view: view === 'lines' ? view : undefined })}
        />
        <Button
          size="small"
          variant="ghost"
          icon={isRevealed ? EyeOff : Eye}
          onClick={() => setIsRevealed(!isRevealed)}
        >
          {isRevealed ? 'Hide secrets' : 'Show secrets'}
        </Button>
      </div>
      <CompareTimeline
        runs={runs}
        alignment={search.axis ?? 'start'}
        onAlign={(axis) => onChange({ axis: axis === 'clock' ? axis : undefined })}
      />
      {payloads.map(({ title, roots, isTold, nothing }) => (
        <CompareTable
          key={title}
          {...table}
          title={title}
          rows={isTold ? compareFields(roots, words) : []}
          nothing={isTold ? nothing : NOT_TOLD}
        >
          {isTold && search.view === 'lines' && <CompareLines title={title} roots={roots} words={words} />}
        </CompareTable>
      ))}
      <CompareTable
        {...table}
        title="Error"
        rows={isErrorTold ? errorRows(tasks, words) : []}
        nothing={isErrorTold ? 'None of them failed.' : NOT_TOLD}
      />
      <CompareLogs runs={runs} words={words} isOnlyDifferences={isOnlyDifferences} />
      <CompareTable {...table} title="Settings" rows={factRows(tasks, untold)} nothing="" />
    </>
  )
}
