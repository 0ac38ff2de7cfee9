import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { DEFAULT_MAX_RETRIES, DEFAULT_PRIORITY, DEFAULT_QUEUE } from '../../../shared/domain/limits.ts'
import { Button } from '../../ui/button.tsx'
import { Combobox } from '../../ui/combobox.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextInput } from '../../ui/field.tsx'
import { JsonEditor } from '../../ui/json/json-editor.tsx'
import { useHiddenSecrets } from '../../ui/json/use-hidden-secrets.tsx'
import { Kbd } from '../../ui/kbd.tsx'
import { useBroker } from '../broker-connection.tsx'
import { MOD_KEY } from '../keys/mod-key.ts'
import { useModEnter } from '../keys/use-mod-enter.ts'
import { overlay, useIsShown, useSubmitPreset, type SubmitPreset } from '../overlay-store.ts'
import { EMPTY_DRAFT, readHiddenDraft, type SubmitDraft } from './submit-draft.ts'
import styles from './submit-dialog.module.css'
import { sampleInputOf, useHandlerOptions } from './use-handler-options.ts'
import { useSubmit } from './use-submit.ts'

export function SubmitDialog() {
  const isOpen = useIsShown('submit')
  const preset = useSubmitPreset()
  return isOpen ? <SubmitForm preset={preset} /> : null
}

function draftOf(preset: SubmitPreset): SubmitDraft {
  return { ...EMPTY_DRAFT, input: sampleInputOf(preset.name ?? ''), ...textsOf(preset) }
}

/** What a preset says, as the form holds it. */
function textsOf({ name, queue, input, priority, maxRetries }: SubmitPreset): Partial<SubmitDraft> {
  return {
    ...(name !== undefined && { name }),
    ...(queue !== undefined && { queue }),
    ...(input !== undefined && { input }),
    ...(priority !== undefined && { priority: String(priority) }),
    ...(maxRetries !== undefined && { maxRetries: String(maxRetries) }),
  }
}

function SubmitForm({ preset }: { readonly preset: SubmitPreset }) {
  const { queries } = useBroker()
  const { data: queues } = useQuery(queries.queues.list.queryOptions())
  const handlers = useHandlerOptions()
  const secrets = useHiddenSecrets(() => [draftOf(preset).input])
  const [input = ''] = secrets.first
  const [draft, setDraft] = useState<SubmitDraft>({ ...draftOf(preset), input })
  const [filled, setFilled] = useState(preset)
  // A file dropped on the open dialog changes what it brings, and nothing else that was typed.
  if (filled !== preset) {
    setFilled(preset)
    setDraft({ ...draft, ...textsOf(preset) })
  }
  const [isTried, setIsTried] = useState(false)
  const { submit, isPending, refusal } = useSubmit({ onDone: overlay.close })
  const { task, problems } = readHiddenDraft(draft, secrets.read)
  const problemOf = (field: keyof SubmitDraft) =>
    isTried || field === 'input' ? (problems?.[field] ?? null) : null
  const change = (fields: Partial<SubmitDraft>) => setDraft({ ...draft, ...fields })

  const send = () => {
    setIsTried(true)
    if (task !== null && !isPending) submit(task)
  }
  const form = useModEnter<HTMLFormElement>(send)
  const changeName = (name: string) => {
    const isUntouched = draft.input === sampleInputOf(draft.name)
    change(isUntouched ? { name, input: sampleInputOf(name) } : { name })
  }

  return (
    <Dialog
      title="Submit a task"
      isOpen
      onClose={overlay.close}
      width="wide"
      footer={
        <>
          {refusal !== null && (
            <p className={styles.refusal} role="alert">
              {refusal}
            </p>
          )}
          <Button onClick={overlay.close}>Cancel</Button>
          <Button variant="primary" onClick={send} isBusy={isPending}>
            Submit task <Kbd>{`${MOD_KEY} Enter`}</Kbd>
          </Button>
        </>
      }
    >
      <form className={styles.form} ref={form} onSubmit={(event) => event.preventDefault()}>
        <Combobox
          label="Handler"
          options={handlers}
          value={draft.name}
          onChange={changeName}
          placeholder="A handler, as send_email"
          problem={problemOf('name')}
          hint={handlerHint(draft.name, handlers)}
        />
        <Combobox
          label="Queue"
          options={(queues ?? []).map(({ name, isPaused }) => ({
            value: name,
            hint: isPaused ? 'paused' : undefined,
          }))}
          value={draft.queue}
          onChange={(queue) => change({ queue })}
          placeholder={DEFAULT_QUEUE}
          problem={problemOf('queue')}
          hint="A new name makes a new queue"
        />
        <div className={styles.wide}>
          <JsonEditor
            label="Input (JSON)"
            value={draft.input}
            onChange={(input) => change({ input })}
            problem={problemOf('input')}
            hint="An object is handed to the handler as kwargs, a list as args."
            minLines={5}
            maxLines={14}
          />
          {secrets.button([draft.input], ([input = '']) => change({ input }))}
        </div>
        <TextInput
          label="Priority"
          value={draft.priority}
          onChange={(priority) => change({ priority })}
          inputMode="numeric"
          placeholder={String(DEFAULT_PRIORITY)}
          problem={problemOf('priority')}
          hint="0 to 10, higher first"
        />
        <TextInput
          label="Retries"
          value={draft.maxRetries}
          onChange={(maxRetries) => change({ maxRetries })}
          inputMode="numeric"
          placeholder={String(DEFAULT_MAX_RETRIES)}
          problem={problemOf('maxRetries')}
          hint="After the first attempt"
        />
        <TextInput
          label="Run at"
          type="datetime-local"
          value={draft.runAt}
          onChange={(runAt) => change({ runAt })}
          problem={problemOf('runAt')}
          hint="Empty: as soon as there is a slot"
          className={styles.wide}
        />
      </form>
    </Dialog>
  )
}

/** One line in either case, so that typing moves nothing. */
function handlerHint(name: string, handlers: readonly { readonly value: string }[]): string {
  const typed = name.trim()
  const isKnown = typed === '' || handlers.length === 0 || handlers.some(({ value }) => value === typed)
  return isKnown ? 'Built in, or from the tasks folder' : 'Unknown here; an external worker may take it'
}
