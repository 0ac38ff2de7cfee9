import { createStore } from 'zustand/vanilla'
import { useStore } from 'zustand'

/** Something the reader has chosen, kept in this browser or window. */
export interface Preference<Value> {
  get(): Value
  set(value: Value): void
  use(): Value
}

/**
 * @param key in local storage, begins with `penstock.`
 * @param read what was stored, which may be anything; null when it is not understood
 */
export function createPreference<Value>(options: {
  readonly key: string
  readonly read: (stored: unknown) => Value | null
  readonly initial: Value
}): Preference<Value> {
  const { key, read, initial } = options
  const store = createStore<{ readonly value: Value }>(() => ({ value: stored() ?? initial }))

  function stored(): Value | null {
    try {
      return read(JSON.parse(localStorage.getItem(key) ?? 'null'))
    } catch {
      return null // storage is switched off, or holds something else
    }
  }

  return {
    get: () => store.getState().value,
    set: (value) => {
      store.setState({ value })
      try {
        localStorage.setItem(key, JSON.stringify(value))
      } catch {
        // Storage is switched off; the choice lasts as long as the window.
      }
    },
    use: () => useStore(store, (state) => state.value),
  }
}
