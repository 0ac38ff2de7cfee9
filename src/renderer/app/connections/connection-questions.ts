import { createStore } from 'zustand/vanilla'
import { useStore } from 'zustand'
import type { ConnectionEntry } from '../../../shared/domain/connection.ts'

/** What is asked about connections, over whatever page is shown. */
type ConnectionQuestion =
  | { readonly kind: 'edit'; readonly connection: ConnectionEntry | null }
  | { readonly kind: 'remove'; readonly connection: ConnectionEntry }

const store = createStore<{ readonly asked: ConnectionQuestion | null }>(() => ({ asked: null }))

export const connectionQuestions = {
  add: () => store.setState({ asked: { kind: 'edit', connection: null } }),
  edit: (connection: ConnectionEntry) => store.setState({ asked: { kind: 'edit', connection } }),
  remove: (connection: ConnectionEntry) => store.setState({ asked: { kind: 'remove', connection } }),
  close: () => store.setState({ asked: null }),
}

export const useConnectionQuestion = () => useStore(store, ({ asked }) => asked)
