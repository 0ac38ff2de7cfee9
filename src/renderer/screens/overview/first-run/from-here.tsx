import { useState } from 'react'
import { MOD_KEY } from '../../../app/keys/mod-key.ts'
import { useModEnter } from '../../../app/keys/use-mod-enter.ts'
import { EMPTY_DRAFT, readDraft } from '../../../app/submit/submit-draft.ts'
import { sampleInputOf, useHandlerOptions } from '../../../app/submit/use-handler-options.ts'
import { useSubmit } from '../../../app/submit/use-submit.ts'
import { Button } from '../../../ui/button.tsx'
import { Combobox } from '../../../ui/combobox.tsx'
import { JsonEditor } from '../../../ui/json/json-editor.tsx'
import { Kbd } from '../../../ui/kbd.tsx'
import styles from './first-run-card.module.css'

/** The first way: a form. */
export function FromHere() {
  const handlers = useHandlerOptions()
  const [draft, setDraft] = useState({ ...EMPTY_DRAFT, name: 'demo', input: sampleInputOf('demo') })
  const { submit, isPending, refusal } = useSubmit()
  const { task, problems } = readDraft(draft)
  const send = () => {
    if (task !== null && !isPending) submit(task)
  }
  const form = useModEnter<HTMLFormElement>(send)
  const changeName = (name: string) => {
    const isUntouched = draft.input === sampleInputOf(draft.name)
    setDraft({ ...draft, name, input: isUntouched ? sampleInputOf(name) : draft.input })
  }
  return (
    <form
      className={styles.way}
      aria-label="From here"
      ref={form}
      onSubmit={(event) => event.preventDefault()}
    >
      <h3 className={styles.title}>From here</h3>
      <p className={styles.lead}>Pick a handler, fill in its input, watch it run.</p>
      <div className={styles.fields}>
        <Combobox
          label="Handler"
          options={handlers}
          value={draft.name}
          onChange={changeName}
          problem={problems?.name}
        />
        <JsonEditor
          label="Input"
          value={draft.input}
          onChange={(input) => setDraft({ ...draft, input })}
          problem={problems?.input}
          minLines={2}
          maxLines={6}
        />
        {refusal !== null && (
          <p className={styles.refusal} role="alert">
            {refusal}
          </p>
        )}
      </div>
      <div className={styles.actions}>
        <Button variant="primary" size="large" onClick={send} isBusy={isPending}>
          Submit task <Kbd>{`${MOD_KEY} Enter`}</Kbd>
        </Button>
      </div>
    </form>
  )
}
