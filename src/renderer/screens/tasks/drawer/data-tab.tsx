import { useMemo } from 'react'
import { NO_ARGS, NO_KWARGS, toJsonText, type JsonText } from '../../../../shared/domain/json.ts'
import { isFinal } from '../../../../shared/domain/state.ts'
import type { ProgressEntry, Task } from '../../../../shared/domain/task.ts'
import { useUntold } from '../../../app/use-untold.tsx'
import { CopyJsonButton } from '../../../ui/json/copy-json-button.tsx'
import { JsonView } from '../../../ui/json/json-view.tsx'
import { STATE_LOOKS } from '../../../ui/state/task-state.ts'
import { Part } from './part.tsx'
import { ProgressHistory } from './progress-history.tsx'
import styles from './task-drawer.module.css'
import { TaskSettings } from './task-settings.tsx'

interface DataTabProps {
  readonly task: Task
  readonly progress: readonly ProgressEntry[] | undefined
}

/** What went in, what came out, and with which settings. */
export function DataTab({ task, progress }: DataTabProps) {
  const { result, metadata } = task
  const tags = useMemo(() => toJsonText(metadata), [metadata])
  const untold = useUntold('task')
  return (
    <>
      <TaskInput task={task} />
      {result === null ? (
        <Part title="Result">
          <p className={styles.quiet}>
            {untold.includes('result')
              ? 'Not told by this server.'
              : isFinal(task.state)
                ? `None: the task ${endWords(task)}.`
                : 'None yet.'}
          </p>
        </Part>
      ) : (
        <Payload title="Result" json={result} />
      )}
      {progress !== undefined && progress.length > 0 && <ProgressHistory entries={progress} />}
      {Object.keys(metadata).length > 0 && <Payload title="Metadata" json={tags} />}
      <TaskSettings task={task} />
    </>
  )
}

/** The input, if it is told; keyword and positional arguments apart only where there are both. */
export function TaskInput({ task: { args, kwargs } }: { readonly task: Pick<Task, 'args' | 'kwargs'> }) {
  const untold = useUntold('task')
  if (untold.includes('kwargs') && untold.includes('args'))
    return (
      <Part title="Input">
        <p className={styles.quiet}>Not told by this server.</p>
      </Part>
    )
  const hasArgs = args !== NO_ARGS
  const hasKwargs = kwargs !== NO_KWARGS
  if (!hasArgs) return <Payload title="Input" json={kwargs} />
  return (
    <>
      <Payload
        title={hasKwargs ? 'Input: positional (args)' : 'Input'}
        note={hasKwargs ? null : 'args'}
        json={args}
      />
      {hasKwargs && <Payload title="Input: by name (kwargs)" json={kwargs} />}
    </>
  )
}

interface PayloadProps {
  readonly title: string
  readonly note?: string | null
  readonly json: JsonText
}

const Payload = ({ title, note, json }: PayloadProps) => (
  <Part title={title} note={note} aside={<CopyJsonButton json={json} what={`the ${title.toLowerCase()}`} />}>
    <JsonView label={title} json={json} />
  </Part>
)

function endWords({ state }: Pick<Task, 'state'>): string {
  return state === 'cancelled' ? 'was cancelled' : STATE_LOOKS[state].word.toLowerCase()
}
