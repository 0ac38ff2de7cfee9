import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Schedule } from '../../../shared/domain/schedule.ts'
import { useBroker } from '../../app/broker-connection.tsx'
import { describeFailure } from '../../app/failure.ts'
import { useModEnter } from '../../app/keys/use-mod-enter.ts'
import { sampleInputOf, useHandlerOptions } from '../../app/submit/use-handler-options.ts'
import { Button } from '../../ui/button.tsx'
import { Combobox } from '../../ui/combobox.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextInput } from '../../ui/field.tsx'
import { JsonEditor } from '../../ui/json/json-editor.tsx'
import { useHiddenSecrets } from '../../ui/json/use-hidden-secrets.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { showToast } from '../../ui/toast/toast-store.ts'
import { draftOfSchedule, emptySchedule, readScheduleDraft, type ScheduleDraft } from './schedule-draft.ts'
import styles from './schedules.module.css'
import { TimingFields } from './timing-fields.tsx'

interface ScheduleFormProps {
  /** The schedule that is edited; null makes a new one. */
  readonly before: Schedule | null
  readonly onDone: (id: string) => void
  readonly onClose: () => void
}

const MISSED_CHOICES = [
  { value: 'once', label: 'Make up for once' },
  { value: 'skip', label: 'Forget' },
] as const

/** A new schedule, or one that is changed. */
export function ScheduleForm({ before, onDone, onClose }: ScheduleFormProps) {
  const { queries } = useBroker()
  const { data: queues } = useQuery(queries.queues.list.queryOptions())
  const handlers = useHandlerOptions()
  const [start] = useState(() => (before === null ? emptySchedule() : draftOfSchedule(before)))
  const secrets = useHiddenSecrets(() => [start.task.input])
  const [input = ''] = secrets.first
  const [draft, setDraft] = useState<ScheduleDraft>({ ...start, task: { ...start.task, input } })
  const [isTried, setIsTried] = useState(false)
  const { save, isPending, refusal } = useSave(before, onDone)
  const { schedule, problems } = readScheduleDraft(draft, before, secrets.read)
  const problemOf = (field: keyof NonNullable<typeof problems>) =>
    isTried || field === 'input' ? (problems?.[field] ?? null) : null
  const change = (fields: Partial<ScheduleDraft>) => setDraft({ ...draft, ...fields })
  const changeTask = (fields: Partial<ScheduleDraft['task']>) =>
    change({ task: { ...draft.task, ...fields } })
  const send = () => {
    setIsTried(true)
    if (schedule !== null && !isPending) save(schedule)
  }
  const form = useModEnter<HTMLFormElement>(send)

  return (
    <Dialog
      title={before === null ? 'New schedule' : `Edit ${before.name}`}
      isOpen
      onClose={onClose}
      width="wide"
      footer={
        <>
          {refusal !== null && (
            <p className={styles.refusal} role="alert">
              {refusal}
            </p>
          )}
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" onClick={send} isBusy={isPending}>
            {before === null ? 'Create schedule' : 'Save'}
          </Button>
        </>
      }
    >
      <form ref={form} className={styles.form} onSubmit={(event) => event.preventDefault()}>
        <TextInput
          label="Name"
          value={draft.title}
          onChange={(title) => change({ title })}
          problem={problemOf('title')}
          placeholder="Nightly report"
          className={styles.wide}
        />
        <TimingFields draft={draft} onChange={change} problemOf={problemOf} />
        <Combobox
          label="Handler"
          options={handlers}
          value={draft.task.name}
          onChange={(name) =>
            changeTask(
              draft.task.input === sampleInputOf(draft.task.name)
                ? { name, input: sampleInputOf(name) }
                : { name },
            )
          }
          problem={problemOf('name')}
        />
        <Combobox
          label="Queue"
          options={(queues ?? []).map(({ name }) => ({ value: name }))}
          value={draft.task.queue}
          onChange={(queue) => changeTask({ queue })}
          placeholder="default"
          problem={problemOf('queue')}
        />
        <div className={styles.wide}>
          <JsonEditor
            label="Input (JSON)"
            value={draft.task.input}
            onChange={(input) => changeTask({ input })}
            problem={problemOf('input')}
            minLines={3}
            maxLines={10}
          />
          {secrets.button([draft.task.input], ([input = '']) => changeTask({ input }))}
        </div>
        <TextInput
          label="Priority"
          value={draft.task.priority}
          onChange={(priority) => changeTask({ priority })}
          inputMode="numeric"
          placeholder="5"
          problem={problemOf('priority')}
          hint="0 to 10, higher first"
        />
        <TextInput
          label="Retries"
          value={draft.task.maxRetries}
          onChange={(maxRetries) => changeTask({ maxRetries })}
          inputMode="numeric"
          placeholder="3"
          problem={problemOf('maxRetries')}
          hint="After the first attempt"
        />
        <div className={styles.wide}>
          <p className={styles.label}>Fires missed while Penstock is closed</p>
          <Segmented
            label="Fires missed while Penstock is closed"
            choices={MISSED_CHOICES}
            value={draft.missed}
            onChange={(missed) => change({ missed })}
          />
        </div>
      </form>
    </Dialog>
  )
}

function useSave(before: Schedule | null, onDone: (id: string) => void) {
  const { client } = useBroker()
  const queryClient = useQueryClient()
  const { mutate, isPending, error } = useMutation({
    mutationFn: ({
      name,
      timing,
      task,
      missed,
    }: NonNullable<ReturnType<typeof readScheduleDraft>['schedule']>) =>
      before === null
        ? client.schedules.create({ name, timing, task, missed })
        : client.schedules.update({ id: before.id, changes: { name, timing, task, missed } }),
    onSuccess: async (saved) => {
      showToast({ tone: 'success', message: `${before === null ? 'Created' : 'Saved'} ${saved.name}` })
      onDone(saved.id)
      await queryClient.invalidateQueries()
    },
  })
  return { save: mutate, isPending, refusal: error === null ? null : describeFailure(error).message }
}
