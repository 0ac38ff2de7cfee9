import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { reasonOf } from '../../../../shared/domain/capabilities.ts'
import { toJsonText } from '../../../../shared/domain/json.ts'
import type { Task } from '../../../../shared/domain/task.ts'
import { createBrokerClient } from '../../../app/client.ts'
import { shownBroker } from '../../../app/connections/shown-broker.ts'
import { describeFailure } from '../../../app/failure.ts'
import { useStatus } from '../../../app/use-status.ts'
import { Button } from '../../../ui/button.tsx'
import { Checkbox } from '../../../ui/checkbox.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { TextInput } from '../../../ui/field.tsx'
import { JsonEditor } from '../../../ui/json/json-editor.tsx'
import { useHiddenSecrets } from '../../../ui/json/use-hidden-secrets.tsx'
import { Select } from '../../../ui/select.tsx'
import { showToast } from '../../../ui/toast/toast-store.ts'
import styles from './copy-dialog.module.css'
import { inputParts, readParts } from './copy-input.ts'
import { OWN_TARGET, useCopyTargets } from './copy-targets.ts'
import { planCopy } from './copy-task.ts'

interface CopyDialogProps {
  readonly task: Task
  readonly onClose: () => void
}

/** Runs a task on another broker: a new one there, with what that broker takes of it. */
export function CopyDialog({ task, onClose }: CopyDialogProps) {
  const { data: source } = useStatus()
  const targets = useCopyTargets()
  const [chosen, setChosen] = useState<string | null>(null)
  const target = chosen ?? targets[0]?.value ?? OWN_TARGET
  const name = target === OWN_TARGET ? 'the local broker' : target
  const client = useMemo(() => createBrokerClient(target === OWN_TARGET ? null : target), [target])
  const there = useQuery({
    queryKey: ['copy-task', target],
    queryFn: ({ signal }) => client.system.status(undefined, { signal }),
    retry: false,
  })
  const untold = source?.coverage.untold.task ?? []
  const isInputTold = !untold.includes('kwargs') || !untold.includes('args')

  const sources = inputParts(task)
  const secrets = useHiddenSecrets(() => sources.map(({ text }) => text))
  const [inputs, setInputs] = useState(secrets.first)
  const [queue, setQueue] = useState(untold.includes('queue') ? '' : task.queue)
  const [isAgreed, setIsAgreed] = useState(false)
  const shown = inputs.map((text) => secrets.read(text))
  const reading = readParts(shown.map(({ text }) => text))
  const problems = shown.map((part, index) => part.problem ?? reading.problems[index] ?? null)
  const problem = problems.find((each) => each !== null) ?? null
  // Tags go along as they are, so they are asked about too.
  const tags = useHiddenSecrets(() => [toJsonText(task.metadata)])
  const hasHidden =
    tags.first[0] !== toJsonText(task.metadata) || shown.some(({ text }, index) => text !== inputs[index])
  const plan =
    there.data === undefined
      ? null
      : planCopy(task, {
          untold,
          submitFields: there.data.coverage.submitFields,
          input: reading.input,
          queue,
        })
  const lacking = there.data === undefined ? null : reasonOf(there.data.capabilities.submit)

  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const send = useMutation({
    mutationFn: async (copied: NonNullable<typeof plan>['task']) => client.tasks.submit({ tasks: [copied] }),
    async onSuccess([receipt]) {
      if (receipt === undefined) return
      const open = () => {
        shownBroker.show(target === OWN_TARGET ? null : target)
        void navigate({ to: '/tasks', search: { task: receipt.id } })
      }
      showToast({
        tone: 'success',
        message: `Runs ${task.name} on ${name}`,
        action: { label: 'Open it there', run: open },
      })
      onClose()
      await queryClient.invalidateQueries()
    },
  })
  const reason =
    there.data === undefined
      ? there.error === null
        ? 'Asking the broker…'
        : describeFailure(there.error).message
      : (lacking ??
        problem ??
        plan?.impossible ??
        (hasHidden && !isAgreed ? `Say first whether ${name} may be told the hidden values` : null))

  return (
    <Dialog
      title={`Run ${task.name} on another broker`}
      description="A new task there, with the input of this one. Nothing changes here."
      isOpen
      onClose={onClose}
      width="wide"
      footer={
        <>
          {send.error !== null && (
            <p className={styles.failure} role="alert">
              {describeFailure(send.error).message}
            </p>
          )}
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            isBusy={send.isPending}
            disabledReason={reason}
            onClick={() => plan !== null && send.mutate(plan.task)}
          >
            Run there
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <Select
          label="Broker"
          choices={targets}
          value={target}
          onChange={(value) => {
            setIsAgreed(false)
            setChosen(value)
          }}
          problem={there.error === null ? lacking : describeFailure(there.error).message}
        />
        <TextInput label="Queue" value={queue} onChange={setQueue} placeholder="its usual one" />
        <div className={styles.wide}>
          {sources.map(({ label }, index) => (
            <JsonEditor
              key={label}
              label={label}
              value={inputs[index] ?? ''}
              onChange={(text) => setInputs(inputs.with(index, text))}
              problem={problems[index] ?? null}
              hint={
                isInputTold
                  ? 'An object is handed to the handler by name, a list by position.'
                  : 'The broker of this task does not tell its input: write it.'
              }
              minLines={5}
              maxLines={14}
            />
          ))}
          {secrets.button(inputs, setInputs)}
        </div>
        {hasHidden && (
          <div className={styles.agree}>
            <Checkbox label="Send the hidden values" isChecked={isAgreed} onChange={setIsAgreed} />
            <span>Send the hidden values to {name} as they are here. Or type others over the masks.</span>
          </div>
        )}
        {plan !== null && (
          <ul className={styles.notes}>
            {plan.notTaken.length > 0 && <li>Not taken there: {plan.notTaken.join(', ')}.</li>}
            {plan.notTold.length > 0 && (
              <li>Not told by the broker of this task: {plan.notTold.join(', ')}.</li>
            )}
          </ul>
        )}
      </div>
    </Dialog>
  )
}
