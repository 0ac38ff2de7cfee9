import { createStore } from 'zustand/vanilla'
import { useStore } from 'zustand'
import { type BrokerConnection, openBrokerConnection } from '../broker-connection.tsx'
import { createBrokerClient } from '../client.ts'

interface OpenedBroker {
  readonly broker: BrokerConnection
  /** Ends its live store. */
  readonly stop: () => void
}

interface ShownBrokers {
  /** Null is the broker of this program. */
  readonly shown: string | null
  /** Each keeps its live store, whichever is shown. */
  readonly opened: ReadonlyMap<string | null, OpenedBroker>
}

/** Of this tab alone: a link to the window opens the broker of this program, and never one elsewhere. */
const SHOWN_KEY = 'penstock.shown-connection'

const store = createStore<ShownBrokers>(() => {
  const shown = sessionStorage.getItem(SHOWN_KEY)
  return { shown, opened: withBroker(withBroker(new Map(), null), shown) }
})

function withBroker(
  opened: ReadonlyMap<string | null, OpenedBroker>,
  name: string | null,
): ReadonlyMap<string | null, OpenedBroker> {
  if (opened.has(name)) return opened
  const broker = openBrokerConnection(name, createBrokerClient(name))
  return new Map(opened).set(name, { broker, stop: broker.live.start() })
}

export const shownBroker = {
  show(name: string | null): void {
    if (name === null) sessionStorage.removeItem(SHOWN_KEY)
    else sessionStorage.setItem(SHOWN_KEY, name)
    store.setState(({ opened }) => ({ shown: name, opened: withBroker(opened, name) }))
  },
  /** Forgets what it knew of a connection that was removed, changed or let go. */
  forget(name: string): void {
    const { shown, opened } = store.getState()
    opened.get(name)?.stop()
    const rest = new Map(opened)
    rest.delete(name)
    if (shown === name) sessionStorage.removeItem(SHOWN_KEY)
    store.setState({ shown: shown === name ? null : shown, opened: rest })
  },
}

/** The broker whose pages are shown. */
export function useShownBroker(): BrokerConnection {
  return useStore(store, ({ shown, opened }) => openedOf(opened, shown))
}

/** The broker of this program, which keeps the connections. */
export function useOwnBroker(): BrokerConnection {
  return useStore(store, ({ opened }) => openedOf(opened, null))
}

function openedOf(opened: ShownBrokers['opened'], name: string | null): BrokerConnection {
  const entry = opened.get(name)
  if (entry === undefined) throw new Error('a broker is opened before it is shown')
  return entry.broker
}
