import { ArrowLeft, Ban, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { EpochMs } from '../../../shared/domain/clock.ts'
import { isFinal } from '../../../shared/domain/state.ts'
import type { Workflow } from '../../../shared/domain/workflow.ts'
import { useBroker } from '../../app/broker-connection.tsx'
import { QueryContent } from '../../app/frame/query-content.tsx'
import { useShownNow } from '../../app/use-shown-now.ts'
import { useAction } from '../../app/use-action.ts'
import { useUnchangeable } from '../../app/use-lacking.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { DrawerLayout } from '../../ui/drawer.tsx'
import { countOf } from '../../ui/format/count.ts'
import { formatDuration } from '../../ui/format/duration.ts'
import { StatePill } from '../../ui/state/state-pill.tsx'
import { TaskId } from '../../ui/task-id.tsx'
import { CancelDialog } from '../tasks/actions/cancel-dialog.tsx'
import { GraphView } from './graph/graph-view.tsx'
import { NodeBox } from './node-box.tsx'
import { NodeDrawer } from './node-drawer.tsx'
import { useWorkflow } from './use-workflows.ts'
import { WorkflowProgress } from './workflow-progress.tsx'
import styles from './workflows.module.css'

interface WorkflowDetailProps {
  readonly id: string
  readonly nodeKey: string | null
  readonly onNode: (key: string | undefined) => void
  readonly onBack: () => void
}

/** One workflow: how far it is, and its graph, live. */
export function WorkflowDetail({ id, onBack, ...rest }: WorkflowDetailProps) {
  const workflow = useWorkflow(id)
  const now = useShownNow(workflow.dataUpdatedAt)
  return (
    <>
      <div className={styles.back}>
        <Button variant="ghost" icon={ArrowLeft} onClick={onBack}>
          All workflows
        </Button>
      </div>
      <QueryContent query={workflow} what="nodes of this workflow">
        {(known) => <Detail workflow={known} now={now} onGone={onBack} {...rest} />}
      </QueryContent>
    </>
  )
}

interface DetailProps extends Omit<WorkflowDetailProps, 'id' | 'onBack'> {
  readonly workflow: Workflow
  readonly now: EpochMs
  readonly onGone: () => void
}

function Detail({ workflow, now, nodeKey, onNode, onGone }: DetailProps) {
  const [asked, setAsked] = useState<'cancel' | 'delete' | null>(null)
  const { cancel, remove } = useWorkflowActions(workflow, onGone)
  const isOver = workflow.state !== 'running'
  const unchangeable = useUnchangeable('workflows')
  const unfinished = workflow.nodes.filter(({ state }) => !isFinal(state)).length
  const open = workflow.nodes.find(({ key }) => key === nodeKey)
  return (
    <>
      <div className={styles.bar}>
        <StatePill state={workflow.state} />
        <h2 className={styles.title} title={workflow.name}>
          {workflow.name}
        </h2>
        <TaskId id={workflow.id} />
        <div className={styles.barProgress}>
          <WorkflowProgress workflow={workflow} />
        </div>
        <span className={styles.took}>
          {formatDuration((workflow.finishedAt ?? now) - workflow.createdAt)}
        </span>
        <Button
          icon={Ban}
          disabledReason={isOver ? 'It has ended' : unchangeable}
          onClick={() => setAsked('cancel')}
        >
          Cancel…
        </Button>
        <Button
          icon={Trash2}
          variant="danger"
          disabledReason={isOver ? unchangeable : 'It runs; cancel it first'}
          onClick={() => setAsked('delete')}
        >
          Delete…
        </Button>
      </div>
      <div className={styles.stage}>
        <DrawerLayout>
          <GraphView
            label={`Graph of ${workflow.name}`}
            nodes={workflow.nodes}
            hueOf={({ state }) => state}
            openKey={nodeKey}
            onOpen={onNode}
          >
            {(node) => <NodeBox node={node} now={now} />}
          </GraphView>
          {open !== undefined && (
            <NodeDrawer workflow={workflow} node={open} onOpen={onNode} onClose={() => onNode(undefined)} />
          )}
        </DrawerLayout>
      </div>
      {asked === 'cancel' && (
        <CancelDialog
          subject={unfinished}
          running={workflow.counts.running}
          wasAsked={workflow.isCancelRequested}
          onCancel={({ terminate }) => {
            setAsked(null)
            cancel(terminate)
          }}
          onClose={() => setAsked(null)}
        />
      )}
      {asked === 'delete' && (
        <ConfirmDialog
          title={`Delete ${workflow.name}?`}
          action={`Delete ${countOf(workflow.total, 'task')}`}
          isOpen
          onConfirm={() => {
            setAsked(null)
            remove()
          }}
          onClose={() => setAsked(null)}
        >
          Its {countOf(workflow.total, 'task')} go with it: inputs, results, logs and attempts. It cannot be
          undone.
        </ConfirmDialog>
      )}
    </>
  )
}

function useWorkflowActions({ id, name, total }: Workflow, onGone: () => void) {
  const { client } = useBroker()
  const act = useAction()
  return {
    cancel: (terminate: boolean) =>
      void act(async () => {
        await client.workflows.cancel({ id, terminate })
        return `Cancelling ${name}: what waited is cancelled, what runs was asked to stop`
      }, `${name} was not cancelled.`),
    remove: () =>
      void act(async () => {
        await client.workflows.delete({ id })
        onGone()
        return `Deleted ${name} with its ${countOf(total, 'task')}`
      }, `${name} was not deleted.`),
  }
}
