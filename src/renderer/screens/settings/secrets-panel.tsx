import { Plus, RotateCcw } from 'lucide-react'
import { useState, type FormEvent } from 'react'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { TextInput } from '../../ui/field.tsx'
import { DEFAULT_SECRET_WORDS, setSecretWords, useSecretWords } from '../../ui/json/secret-words.ts'
import { Panel } from '../../ui/panel.tsx'
import { showToast } from '../../ui/toast/toast-store.ts'
import styles from './settings.module.css'

/** Which values of a payload are kept from sight until somebody asks. */
export function SecretsPanel() {
  const words = useSecretWords()
  const [text, setText] = useState('')
  const isDefault = words.join('\n') === DEFAULT_SECRET_WORDS.join('\n')
  const add = (event: FormEvent) => {
    event.preventDefault()
    if (text.trim() === '') return
    setSecretWords([...words, text])
    setText('')
  }
  const remove = (word: string) => {
    setSecretWords(words.filter((other) => other !== word))
    showToast({
      tone: 'plain',
      message: `${word} is no secret any more`,
      action: { label: 'Undo', run: () => setSecretWords(words) },
    })
  }
  return (
    <Panel
      title="Secrets"
      aside={
        <Button
          size="small"
          variant="ghost"
          icon={RotateCcw}
          disabledReason={isDefault ? 'These are the defaults' : null}
          onClick={() => setSecretWords(DEFAULT_SECRET_WORDS)}
        >
          Use the defaults
        </Button>
      }
    >
      <div className={styles.body}>
        <p className={styles.note}>
          In inputs, results and metadata, in log lines, errors and progress, a value is hidden until you ask
          for it when its key contains one of these. Case and punctuation do not matter: <code>api key</code>{' '}
          is <code>apiKey</code> and <code>X-API-KEY</code> too.
        </p>
        <div className={styles.words}>
          {words.map((word) => (
            <Chip key={word} field={null} value={word} onRemove={() => remove(word)} />
          ))}
          {words.length === 0 && <span className={styles.note}>Nothing is hidden.</span>}
        </div>
        <form className={styles.add} onSubmit={add}>
          <TextInput label="Another one" value={text} onChange={setText} placeholder="iban" maxLength={64} />
          <Button type="submit" size="large" icon={Plus}>
            Add
          </Button>
        </form>
      </div>
    </Panel>
  )
}
