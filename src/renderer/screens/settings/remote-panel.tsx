import { Pencil } from 'lucide-react'
import { connectionQuestions } from '../../app/connections/connection-questions.ts'
import { describeCheck, describeState, DIALECT_WORDS } from '../../app/connections/connection-words.ts'
import { useShownConnection } from '../../app/connections/use-connections.ts'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Setting } from './setting.tsx'
import styles from './settings.module.css'

/** Of a broker elsewhere: where it is, and how it is talked to. Its own settings are kept there. */
export function RemotePanel() {
  const connection = useShownConnection()
  if (connection == null) return null
  const { name, address, dialect, isReadOnly, hasKey, state } = connection
  return (
    <Panel title="Connection">
      <Setting label="Broker" note="Its folders, listeners and keys are settled where it runs">
        {name}
        <Button icon={Pencil} onClick={() => connectionQuestions.edit(connection)}>
          Edit…
        </Button>
      </Setting>
      <Setting label="Address" note={`Spoken to as ${DIALECT_WORDS[dialect]}`}>
        <span className={styles.folder}>
          <code>{address}</code>
          <CopyButton text={address} what="the address" />
        </span>
      </Setting>
      <Setting label="State" note={state.kind === 'lost' ? state.message : undefined}>
        {state.kind === 'connected' ? describeCheck(state.check) : describeState(state).word}
      </Setting>
      <Setting label="Key" note="Sent to this server alone">
        {hasKey ? 'One is kept' : 'None'}
      </Setting>
      <Setting label="Changes" note="Edit the connection to allow or forbid them">
        {isReadOnly ? 'Read-only: nothing is changed through it' : 'Allowed'}
      </Setting>
    </Panel>
  )
}
