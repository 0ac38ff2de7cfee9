import { useMutation, useQueryClient } from '@tanstack/react-query'
import { PlugZap } from 'lucide-react'
import { useState } from 'react'
import {
  ATTACHABLE_NAMES,
  CONNECTION_COLOURS,
  type ConnectionCheck,
  type ConnectionEntry,
} from '../../../shared/domain/connection.ts'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextInput } from '../../ui/field.tsx'
import { Select } from '../../ui/select.tsx'
import { showToast } from '../../ui/toast/toast-store.ts'
import { describeFailure } from '../failure.ts'
import styles from './connection-dialog.module.css'
import {
  type ConnectionDraft,
  draftOfConnection,
  EMPTY_CONNECTION,
  problemsIn,
  readConnection,
  readKey,
  suggestName,
} from './connection-draft.ts'
import { describeCheck, DIALECT_WORDS } from './connection-words.ts'
import { shownBroker, useOwnBroker } from './shown-broker.ts'
import { useConnections } from './use-connections.ts'

interface ConnectionDialogProps {
  /** Null adds one. */
  readonly edited: ConnectionEntry | null
  readonly onClose: () => void
}

const DIALECT_CHOICES = [
  { value: 'ask', label: 'Ask the server' },
  ...ATTACHABLE_NAMES.map((value) => ({ value, label: DIALECT_WORDS[value] })),
] as const

/** A broker elsewhere: where it is, what it speaks, and how it is told from the others. */
export function ConnectionDialog({ edited, onClose }: ConnectionDialogProps) {
  const { client } = useOwnBroker()
  const queryClient = useQueryClient()
  const { data } = useConnections()
  const [draft, setDraft] = useState<ConnectionDraft>(
    edited === null ? EMPTY_CONNECTION : draftOfConnection(edited),
  )
  const [isNamed, setIsNamed] = useState(edited !== null)
  const [isTried, setIsTried] = useState(false)
  const taken = (data?.connections ?? []).map(({ name }) => name).filter((name) => name !== edited?.name)
  const problems = problemsIn(draft, taken)

  const test = useMutation({
    mutationFn: async () =>
      client.connections.test({
        address: draft.address.trim(),
        dialect: draft.dialect === 'ask' ? null : draft.dialect,
        key: readKey(draft),
        name: edited?.name,
      }),
    // Recognised: shown where it can be overridden.
    onSuccess: ({ dialect }) => setDraft((current) => ({ ...current, dialect })),
  })
  const save = useMutation({
    mutationFn: async () => {
      const { key: _key, ...settings } = readConnection(draft)
      return edited === null
        ? client.connections.add(readConnection(draft))
        : client.connections.change({ name: edited.name, changes: { ...settings, key: readKey(draft) } })
    },
    async onSuccess({ name }) {
      if (edited !== null) shownBroker.forget(edited.name)
      shownBroker.show(name)
      showToast({ tone: 'success', message: edited === null ? `Added ${name}` : `Changed ${name}` })
      onClose()
      await queryClient.invalidateQueries()
    },
  })
  /** What was tested or refused was something else. */
  const change = (fields: Partial<ConnectionDraft>) => {
    test.reset()
    save.reset()
    setDraft({ ...draft, ...fields })
  }
  const send = () => {
    setIsTried(true)
    if (Object.keys(problems).length === 0 && !save.isPending) save.mutate()
  }
  const problemOf = (field: keyof typeof problems) => (isTried ? (problems[field] ?? null) : null)

  return (
    <Dialog
      title={edited === null ? 'Add a connection' : `Connection ${edited.name}`}
      description="To another Penstock, or to a server that speaks one of the five formats. The local broker goes on behind."
      isOpen
      onClose={onClose}
      width="wide"
      footer={
        <>
          <Button
            icon={PlugZap}
            onClick={() => test.mutate()}
            isBusy={test.isPending}
            disabledReason={problems.address ?? null}
            className={styles.test}
          >
            Test
          </Button>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" onClick={send} isBusy={save.isPending}>
            {edited === null ? 'Add connection' : 'Save'}
          </Button>
        </>
      }
    >
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          send()
        }}
      >
        <TextInput
          label="Address"
          className={styles.wide}
          isMono
          value={draft.address}
          onChange={(address) =>
            change(isNamed ? { address } : { address, name: suggestName(address, taken) })
          }
          placeholder="https://queue.example.org"
          problem={problemOf('address')}
          hint={
            edited?.hasKey === true
              ? 'At another host or port the key is not sent, and forgotten: give one again'
              : 'As the server printed it at its start'
          }
        />
        <TextInput
          label="Name"
          value={draft.name}
          onChange={(name) => {
            setIsNamed(true)
            change({ name })
          }}
          problem={problemOf('name')}
          hint="Letters, digits, - and _; penstock --broker takes it too"
        />
        <Select
          label="Speaks"
          choices={DIALECT_CHOICES}
          value={draft.dialect}
          onChange={(dialect) => change({ dialect })}
          hint="Asked when you test or add"
        />
        <TextInput
          label="Key"
          type="password"
          value={draft.key}
          onChange={(key) => change({ key })}
          problem={problemOf('key')}
          placeholder={edited?.hasKey === true && !draft.isKeyForgotten ? 'kept; type to replace it' : 'none'}
          hint={data?.keyNotice ?? 'Kept encrypted, and sent to this server alone'}
        />
        <fieldset className={styles.colours}>
          <legend>Colour</legend>
          {CONNECTION_COLOURS.map((colour) => (
            <label key={colour} className={styles.colour} data-colour={colour}>
              <input
                type="radio"
                name="colour"
                checked={draft.colour === colour}
                onChange={() => change({ colour })}
              />
              {colour}
            </label>
          ))}
        </fieldset>
        <div className={styles.wide}>
          <div className={styles.check}>
            <Checkbox
              label="Read-only"
              isChecked={draft.isReadOnly}
              onChange={() => change({ isReadOnly: !draft.isReadOnly })}
            />
            <span>Read-only: nothing is changed through it, and every page says so. For production.</span>
          </div>
          {edited?.hasKey === true && (
            <div className={styles.check}>
              <Checkbox
                label="Forget the key"
                isChecked={draft.isKeyForgotten}
                onChange={() => change({ isKeyForgotten: !draft.isKeyForgotten })}
              />
              <span>Forget the key</span>
            </div>
          )}
        </div>
        <Outcome check={test.data} failure={test.error ?? save.error} isAsked={draft.dialect === 'ask'} />
      </form>
    </Dialog>
  )
}

interface OutcomeProps {
  readonly check: ConnectionCheck | undefined
  readonly failure: Error | null
  readonly isAsked: boolean
}

/** What the test found. Its place is there before, so that nothing moves. */
function Outcome({ check, failure, isAsked }: OutcomeProps) {
  return (
    <div className={styles.outcome} role="status">
      {failure !== null ? (
        <p className={styles.failure}>
          {describeFailure(failure).message}
          {isAsked && ' To add it as it is, say what it speaks.'}
        </p>
      ) : check !== undefined ? (
        <p className={styles.success}>{describeCheck(check)}.</p>
      ) : null}
    </div>
  )
}
