import { Link } from '@tanstack/react-router'
import type { Workflow, WorkflowNode } from '../../../shared/domain/workflow.ts'
import { Drawer } from '../../ui/drawer.tsx'
import { formatDuration } from '../../ui/format/duration.ts'
import { formatInstant } from '../../ui/format/instant.ts'
import { StatePill } from '../../ui/state/state-pill.tsx'
import styles from './workflows.module.css'

interface NodeDrawerProps {
  readonly workflow: Workflow
  readonly node: WorkflowNode
  readonly onOpen: (key: string) => void
  readonly onClose: () => void
}

/** One node: what it waits for, what waits for it, and the way to its task. */
export function NodeDrawer({ workflow, node, onOpen, onClose }: NodeDrawerProps) {
  const children = workflow.nodes.filter(({ parents }) => parents.includes(node.key)).map(({ key }) => key)
  return (
    <Drawer
      label={`Node ${node.key}`}
      header={
        <>
          <StatePill state={node.state} />
          <h2 className="truncate" title={node.key}>
            {node.key}
          </h2>
        </>
      }
      onClose={onClose}
    >
      <div className={styles.nodeBody}>
        <p>
          {node.isTaskDeleted ? (
            'Its task was deleted; this is how it was last.'
          ) : (
            <Link to="/tasks" search={{ task: node.taskId }}>
              Open its task: input, result, logs, attempts
            </Link>
          )}
        </p>
        <dl className={styles.facts}>
          <dt>Handler</dt>
          <dd className="mono">{node.name}</dd>
          <dt>Attempt</dt>
          <dd>{node.attempt === 0 ? 'Not started' : node.attempt}</dd>
          {node.progress !== null && (
            <>
              <dt>Progress</dt>
              <dd>{Math.floor(node.progress * 100)} %</dd>
            </>
          )}
          {node.startedAt !== null && (
            <>
              <dt>Started</dt>
              <dd>{formatInstant(node.startedAt)}</dd>
            </>
          )}
          {node.finishedAt !== null && (
            <>
              <dt>Ended</dt>
              <dd>
                {formatInstant(node.finishedAt)}
                {node.startedAt !== null && `, after ${formatDuration(node.finishedAt - node.startedAt)}`}
              </dd>
            </>
          )}
          <dt>If it fails</dt>
          <dd>
            {node.onFailure === 'fail'
              ? 'What waits for it is cancelled, and the workflow fails'
              : 'What waits for it goes on without its result'}
          </dd>
          <dt>Waits for</dt>
          <dd>
            <Keys keys={node.parents} onOpen={onOpen} none="nothing: it starts at once" />
          </dd>
          <dt>Lets go</dt>
          <dd>
            <Keys keys={children} onOpen={onOpen} none="nothing: it is an end" />
          </dd>
        </dl>
      </div>
    </Drawer>
  )
}

interface KeysProps {
  readonly keys: readonly string[]
  readonly onOpen: (key: string) => void
  readonly none: string
}

function Keys({ keys, onOpen, none }: KeysProps) {
  if (keys.length === 0) return none
  return (
    <span className={styles.keys}>
      {keys.map((key) => (
        <button key={key} type="button" className={styles.key} onClick={() => onOpen(key)}>
          {key}
        </button>
      ))}
    </span>
  )
}
