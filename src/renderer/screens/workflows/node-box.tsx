import type { WorkflowNode } from '../../../shared/domain/workflow.ts'
import type { EpochMs } from '../../../shared/domain/clock.ts'
import { formatDuration } from '../../ui/format/duration.ts'
import { RunningDot } from '../../ui/state/running-dot.tsx'
import { STATE_LOOKS } from '../../ui/state/task-state.ts'
import styles from './workflows.module.css'

/** What stands in the box of a node: its key, its state as icon and word, and how far or how long. */
export function NodeBox({ node, now }: { readonly node: WorkflowNode; readonly now: EpochMs }) {
  const { icon: Icon, word } = STATE_LOOKS[node.state]
  return (
    <>
      <span className={styles.nodeKey} title={node.key}>
        {node.key}
      </span>
      <span className={styles.nodeState}>
        {Icon === null ? <RunningDot /> : <Icon size={12} strokeWidth={2} aria-hidden />}
        {nodeWords(node, word, now)}
      </span>
    </>
  )
}

function nodeWords(node: WorkflowNode, word: string, now: EpochMs): string {
  if (node.isTaskDeleted) return `${word}, deleted`
  if (node.state === 'scheduled' && node.blockedBy > 0) return `Waits for ${node.blockedBy}`
  if (node.startedAt === null) return word
  const took = formatDuration((node.finishedAt ?? now) - node.startedAt)
  return node.state === 'running' && node.progress !== null
    ? `${word} ${Math.floor(node.progress * 100)} %`
    : `${word} ${took}`
}
