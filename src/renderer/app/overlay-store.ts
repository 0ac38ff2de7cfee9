import { createStore } from 'zustand/vanilla'
import { useStore } from 'zustand'
import type { JsonText } from '../../shared/domain/json.ts'
import type { Queue } from '../../shared/domain/queue.ts'

/** What lies over the window; one thing at a time. */
export type OverlayName = 'palette' | 'submit' | 'shortcuts' | 'purge' | 'close'

/** What the submit dialog starts with. */
export interface SubmitPreset {
  readonly name?: string | undefined
  readonly queue?: string | undefined
  readonly input?: JsonText | undefined
  readonly priority?: number | undefined
  readonly maxRetries?: number | undefined
}

interface OverlayState {
  readonly shown: OverlayName | null
  readonly preset: SubmitPreset
  /** The queue that is asked about, while `purge` is shown. */
  readonly queue: Queue | null
}

const store = createStore<OverlayState>(() => ({ shown: null, preset: {}, queue: null }))

export const overlay = {
  open: (shown: OverlayName) => store.setState({ shown, preset: {} }),
  /** The submit dialog, filled with `preset`: for "duplicate" and for handlers chosen in the palette. */
  openSubmit: (preset: SubmitPreset = {}) => store.setState({ shown: 'submit', preset }),
  openPurge: (queue: Queue) => store.setState({ shown: 'purge', queue }),
  isShown: (name: OverlayName) => store.getState().shown === name,
  close: () => store.setState({ shown: null }),
}

export function useIsShown(name: OverlayName): boolean {
  return useStore(store, (state) => state.shown === name)
}

export function useSubmitPreset(): SubmitPreset {
  return useStore(store, (state) => state.preset)
}

export function useQueueToPurge(): Queue | null {
  return useStore(store, ({ shown, queue }) => (shown === 'purge' ? queue : null))
}
