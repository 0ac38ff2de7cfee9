import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import type { NewWorkflow } from '../../../shared/domain/workflow.ts'
import { useBroker } from '../../app/broker-connection.tsx'
import { describeFailure } from '../../app/failure.ts'
import { useModEnter } from '../../app/keys/use-mod-enter.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { JsonEditor } from '../../ui/json/json-editor.tsx'
import { showToast } from '../../ui/toast/toast-store.ts'
import { GraphView } from './graph/graph-view.tsx'
import { readWorkflow, WORKFLOW_TEMPLATE } from './workflow-draft.ts'
import styles from './workflows.module.css'

interface WorkflowFormProps {
  readonly onDone: (id: string) => void
  readonly onClose: () => void
}

/** A workflow as JSON, drawn while it is typed. */
export function WorkflowForm({ onDone, onClose }: WorkflowFormProps) {
  const { client } = useBroker()
  const queryClient = useQueryClient()
  const [source, setSource] = useState(WORKFLOW_TEMPLATE)
  const { workflow, problem } = readWorkflow(source)
  const [drawn, setDrawn] = useState<NewWorkflow | null>(workflow)
  // The last one that could be drawn stays while something is missing.
  if (workflow !== null && JSON.stringify(workflow) !== JSON.stringify(drawn)) setDrawn(workflow)
  const nodes = useDeferredValue(drawn?.nodes ?? [])
  const { mutate, isPending, error } = useMutation({
    mutationFn: (wanted: NewWorkflow) =>
      client.workflows.submit({
        name: wanted.name,
        nodes: wanted.nodes.map((node) => ({ ...node, parents: [...node.parents] })),
      }),
    onSuccess: async ({ id, name }) => {
      showToast({ tone: 'success', message: `Submitted ${name}` })
      onDone(id)
      await queryClient.invalidateQueries()
    },
  })
  const send = () => {
    if (workflow !== null && !isPending) mutate(workflow)
  }
  const form = useModEnter<HTMLFormElement>(send)
  return (
    <Dialog
      title="New workflow"
      description="Each node is a task. It starts when all its parents have succeeded, and can read their results."
      isOpen
      onClose={onClose}
      width="wide"
      footer={
        <>
          {error !== null && (
            <p className={styles.refusal} role="alert">
              {describeFailure(error).message}
            </p>
          )}
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            onClick={send}
            isBusy={isPending}
            disabledReason={problem === null ? null : 'The workflow is not complete'}
          >
            Submit workflow
          </Button>
        </>
      }
    >
      <form ref={form} className={styles.form} onSubmit={(event) => event.preventDefault()}>
        <JsonEditor
          label="Workflow (JSON)"
          value={source}
          onChange={setSource}
          problem={problem}
          hint="A node may also have onFailure: “skip”, and its task whatever a task may have."
          minLines={8}
          maxLines={12}
        />
        <div className={styles.preview}>
          <GraphView label="How it will run" nodes={nodes} hueOf={() => 'scheduled'}>
            {({ key, task }) => (
              <>
                <span className={styles.nodeKey}>{key}</span>
                <span className={styles.nodeTask}>{task.name}</span>
              </>
            )}
          </GraphView>
        </div>
      </form>
    </Dialog>
  )
}
