import { createStore } from 'zustand/vanilla'
import { useStore } from 'zustand'
import type { JsonText } from '../../shared/domain/json.ts'

/** What lies over the window; one thing at a time. */
export type OverlayName = 'palette' | 'submit' | 'shortcuts'

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
}

const store = createStore<OverlayState>(() => ({ shown: null, preset: {} }))

export const overlay = {
  open: (shown: OverlayName) => store.setState({ shown, preset: {} }),
  /** The submit dialog, filled with `preset`: for "duplicate" and for handlers chosen in the palette. */
  openSubmit: (preset: SubmitPreset = {}) => store.setState({ shown: 'submit', preset }),
  close: () => store.setState({ shown: null }),
}

export function useIsShown(name: OverlayName): boolean {
  return useStore(store, (state) => state.shown === name)
}

export function useSubmitPreset(): SubmitPreset {
  return useStore(store, (state) => state.preset)
}
