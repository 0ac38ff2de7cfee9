import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ReplayChanges } from '../../../../shared/domain/task.ts'
import type { Task } from '../../../../shared/domain/task.ts'
import { useBroker } from '../../../app/broker-connection.tsx'
import { describeFailure } from '../../../app/failure.ts'
import { MOD_KEY } from '../../../app/keys/mod-key.ts'
import { useModEnter } from '../../../app/keys/use-mod-enter.ts'
import { Button } from '../../../ui/button.tsx'
import { Combobox } from '../../../ui/combobox.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { FailureState } from '../../../ui/failure-state.tsx'
import { TextInput } from '../../../ui/field.tsx'
import { shortId } from '../../../ui/format/instant.ts'
import { JsonDiff } from '../../../ui/json/json-diff.tsx'
import { JsonEditor } from '../../../ui/json/json-editor.tsx'
import { JsonSourceError, parseJsonSource } from '../../../ui/json/parse-json-source.ts'
import { useHiddenSecrets } from '../../../ui/json/use-hidden-secrets.tsx'
import { writeJsonLines } from '../../../ui/json/write-json.ts'
import { Kbd } from '../../../ui/kbd.tsx'
import { showToast } from '../../../ui/toast/toast-store.ts'
import styles from './edit-dialog.module.css'
import { draftOfTask, readReplayDraft, type ReplayDraft } from './replay-draft.ts'

interface EditDialogProps {
  readonly id: string
  readonly onClose: () => void
  readonly onOpen: (id: string) => void
}

/** "Edit and run again": a new task out of an old one, with another input or other settings. */
export function EditDialog({ id, onClose, onOpen }: EditDialogProps) {
  const { queries } = useBroker()
  const { data: task, error } = useQuery(queries.tasks.get.queryOptions({ input: { id } }))
  if (task !== undefined) return <EditForm task={task} onClose={onClose} onOpen={onOpen} />
  if (error === null) return null
  return (
    <Dialog title="Edit and run again" isOpen onClose={onClose}>
      <FailureState title="The task could not be read." detail={describeFailure(error).message} />
    </Dialog>
  )
}

function useReplay(task: Task, { onClose, onOpen }: Pick<EditDialogProps, 'onClose' | 'onOpen'>) {
  const { client, queries } = useBroker()
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ queue, args, kwargs, priority, maxRetries, timeoutMs }: ReplayChanges) =>
      client.tasks.replay({
        id: task.id,
        changes: { queue, args, kwargs, priority, maxRetries, timeoutMs },
      }),
    onSuccess: (receipt) => {
      showToast({
        tone: 'success',
        message: `${task.name} runs again as ${shortId(receipt.id)}`,
        action: { label: 'Open', run: () => onOpen(receipt.id) },
      })
      void queryClient.invalidateQueries({ queryKey: queries.tasks.key() })
      onClose()
    },
  })
}

interface EditFormProps extends Omit<EditDialogProps, 'id'> {
  readonly task: Task
}

function EditForm({ task, onClose, onOpen }: EditFormProps) {
  const { queries } = useBroker()
  const { data: queues } = useQuery(queries.queues.list.queryOptions())
  // The task may change below; the form starts from what was opened.
  const [original] = useState(task)
  const whole = draftOfTask(original)
  const secrets = useHiddenSecrets(() => [whole.kwargs, whole.args])
  const [kwargs = '', args = ''] = secrets.first
  const before = secrets.isRevealed ? whole : { kwargs, args }
  const [draft, setDraft] = useState<ReplayDraft>({ ...whole, kwargs, args })
  const { mutate, isPending, error } = useReplay(original, { onClose, onOpen })
  const reading = readHidden(draft, original, secrets.read)
  const change = (fields: Partial<ReplayDraft>) => setDraft({ ...draft, ...fields })
  const send = () => {
    if (reading.problems === null && !isPending) mutate(reading.changes)
  }
  const form = useModEnter<HTMLFormElement>(send)
  const problemOf = (field: keyof ReplayDraft) => reading.problems?.[field] ?? null

  return (
    <Dialog
      title={`Edit and run ${original.name} again`}
      description="Makes a new task that is linked to this one. This one stays as it is."
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
          <Button onClick={onClose}>Close</Button>
          <Button
            variant="primary"
            onClick={send}
            isBusy={isPending}
            disabledReason={reading.problems === null ? null : 'Something in the form is not right yet.'}
          >
            Run again <Kbd>{`${MOD_KEY} Enter`}</Kbd>
          </Button>
        </>
      }
    >
      <form className={styles.form} ref={form} onSubmit={(event) => event.preventDefault()}>
        <div className={styles.whole}>
          <JsonEditor
            label="Keyword arguments (kwargs)"
            value={draft.kwargs}
            onChange={(kwargs) => change({ kwargs })}
            problem={problemOf('kwargs')}
            minLines={4}
            maxLines={14}
          />
        </div>
        <div className={styles.whole}>
          <JsonEditor
            label="Positional arguments (args)"
            value={draft.args}
            onChange={(args) => change({ args })}
            problem={problemOf('args')}
            minLines={1}
            maxLines={8}
          />
        </div>
        <div className={styles.secrets}>
          {secrets.button([draft.kwargs, draft.args], ([kwargs = '', args = '']) => change({ kwargs, args }))}
        </div>
        <div className={styles.whole}>
          <JsonDiff
            label="What is changed in the input"
            before={`${spread(before.kwargs)}\n${spread(before.args)}`}
            after={`${spread(draft.kwargs)}\n${spread(draft.args)}`}
          />
        </div>
        <Combobox
          label="Queue"
          options={(queues ?? []).map(({ name, isPaused }) => ({
            value: name,
            hint: isPaused ? 'paused' : undefined,
          }))}
          value={draft.queue}
          onChange={(queue) => change({ queue })}
          problem={problemOf('queue')}
        />
        <TextInput
          label="Priority"
          value={draft.priority}
          onChange={(priority) => change({ priority })}
          inputMode="numeric"
          problem={problemOf('priority')}
          hint="0 to 10, higher first"
        />
        <TextInput
          label="Retries"
          value={draft.maxRetries}
          onChange={(maxRetries) => change({ maxRetries })}
          inputMode="numeric"
          problem={problemOf('maxRetries')}
          hint="After the first attempt"
        />
        <TextInput
          label="Timeout of one attempt"
          value={draft.timeout}
          onChange={(timeout) => change({ timeout })}
          problem={problemOf('timeout')}
          hint="As 30s, 5m or 1h30m"
        />
      </form>
    </Dialog>
  )
}

/** Reads the form with what is hidden in its place; a damaged stand-in is a problem of its field. */
function readHidden(draft: ReplayDraft, task: Task, read: ReturnType<typeof useHiddenSecrets>['read']) {
  const kwargs = read(draft.kwargs)
  const args = read(draft.args)
  const reading = readReplayDraft({ ...draft, kwargs: kwargs.text, args: args.text }, task)
  const problems = {
    ...reading.problems,
    ...(kwargs.problem !== null && { kwargs: kwargs.problem }),
    ...(args.problem !== null && { args: args.problem }),
  }
  return Object.keys(problems).length === 0 ? reading : { problems }
}

/** One value a line, so that only what is said differently counts as changed; as typed while it is no JSON. */
function spread(json: string): string {
  try {
    return writeJsonLines(parseJsonSource(json))
  } catch (error) {
    if (error instanceof JsonSourceError) return json
    throw error
  }
}
