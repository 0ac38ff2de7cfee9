import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Braces, ChevronsUpDown, Lock, Pencil, Plus, Settings, Trash2, Unplug } from 'lucide-react'
import { useStore } from 'zustand'
import type { ConnectionEntry } from '../../../shared/domain/connection.ts'
import type { LiveConnection } from '../../live/apply-batch.ts'
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuSeparator } from '../../ui/menu.tsx'
import { useBroker } from '../broker-connection.tsx'
import { connectionQuestions } from '../connections/connection-questions.ts'
import { describeState, type StatusTone } from '../connections/connection-words.ts'
import { shownBroker, useOwnBroker } from '../connections/shown-broker.ts'
import { useConnections } from '../connections/use-connections.ts'
import { useAction } from '../use-action.ts'
import { statusQuery } from '../use-status.ts'
import styles from './connection-menu.module.css'
import { Logo } from './logo.tsx'

const OF_LIVE: Readonly<
  Record<LiveConnection['status'], { readonly tone: StatusTone; readonly word: string }>
> = {
  connecting: { tone: 'waiting', word: 'connecting' },
  live: { tone: 'good', word: 'connected' },
  lost: { tone: 'warning', word: 'reconnecting' },
}
/** No connection can have this name. */
const OWN = '@own'

/** Which broker the window shows: the one of this computer, or one elsewhere. */
export function ConnectionMenu() {
  const { connection, live } = useBroker()
  const own = useOwnBroker()
  const { client } = own
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const act = useAction()
  const { data: status } = useQuery(statusQuery(own))
  const { data: list, error } = useConnections()
  const shownStatus = OF_LIVE[useStore(live.store, (state) => state.connection.status)]
  const ownStatus = OF_LIVE[useStore(own.live.store, (state) => state.connection.status)]
  const connections = list?.connections ?? []
  const shown = connections.find(({ name }) => name === connection) ?? null
  const ownName = status?.brokerName ?? 'Local broker'
  const name = connection ?? ownName
  const look =
    connection === null || shown === null || shown.state.kind === 'closed'
      ? shownStatus
      : describeState(shown.state)
  const address = status?.listeners[0]?.address.replace(/^https?:\/\//, '') ?? 'this computer'

  const show = (value: string) => {
    const next = value === OWN ? null : value
    if (next === connection) return
    // What is open on the page is of the broker it was opened on.
    void navigate({ to: '.', search: {} })
    shownBroker.show(next)
  }
  const disconnect = ({ name: closed }: ConnectionEntry) => {
    shownBroker.forget(closed)
    void act(async () => {
      await client.connections.close({ name: closed })
      await queryClient.invalidateQueries()
      return `Let go of ${closed}`
    }, `${closed} is still attached.`)
  }
  return (
    <Menu
      trigger={
        <button
          type="button"
          className={styles.trigger}
          data-colour={shown?.colour}
          aria-label={`Broker: ${name}, ${look.word}${shown?.isReadOnly === true ? ', read-only' : ''}`}
        >
          <Logo />
          <span className={styles.name}>{name}</span>
          {shown?.isReadOnly === true && (
            <Lock size={12} strokeWidth={2} className={styles.lock} aria-hidden />
          )}
          <span className={styles.dot} data-tone={look.tone} />
          <ChevronsUpDown size={14} strokeWidth={1.75} className={styles.arrows} aria-hidden />
        </button>
      }
    >
      <MenuLabel>Brokers</MenuLabel>
      <MenuChoice
        label="Broker"
        choices={[
          { value: OWN, label: ownName, hint: address, mark: <StatusDot tone={ownStatus.tone} /> },
          ...connections.map((each) => ({
            value: each.name,
            label: each.name,
            hint: hintOf(each),
            mark: <ConnectionDot connection={each} />,
          })),
        ]}
        value={connection ?? OWN}
        onChange={show}
      />
      <MenuSeparator />
      {shown !== null && (
        <>
          <MenuItem icon={Pencil} onSelect={() => connectionQuestions.edit(shown)}>
            Edit {shown.name}…
          </MenuItem>
          <MenuItem icon={Unplug} onSelect={() => disconnect(shown)}>
            Let go of it
          </MenuItem>
          <MenuItem icon={Trash2} isDanger onSelect={() => connectionQuestions.remove(shown)}>
            Remove {shown.name}…
          </MenuItem>
          <MenuSeparator />
        </>
      )}
      <MenuItem
        icon={Plus}
        disabledReason={error === null ? null : 'not from here'}
        onSelect={connectionQuestions.add}
      >
        Add a connection…
      </MenuItem>
      {connection === null && (
        <>
          <MenuSeparator />
          <MenuItem icon={Braces} onSelect={() => void navigate({ to: '/api' })}>
            How programs reach it
          </MenuItem>
          <MenuItem icon={Settings} onSelect={() => void navigate({ to: '/settings' })}>
            Its folders and settings
          </MenuItem>
        </>
      )}
    </Menu>
  )
}

/** What it is and how it stands; the name says which. */
function hintOf({ state, isReadOnly }: ConnectionEntry): string {
  const { word } = describeState(state)
  const latency = state.kind === 'connected' ? `${state.check.latencyMs} ms` : null
  return [isReadOnly ? 'read-only' : null, word, latency].filter((part) => part !== null).join(' · ')
}

const StatusDot = ({ tone }: { readonly tone: StatusTone }) => (
  <span className={styles.dot} data-tone={tone} />
)

const ConnectionDot = ({ connection: { colour, state } }: { readonly connection: ConnectionEntry }) => (
  <span className={styles.pair} data-colour={colour}>
    <span className={styles.bar} />
    <StatusDot tone={describeState(state).tone} />
  </span>
)
