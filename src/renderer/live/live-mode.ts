import { createStore } from 'zustand/vanilla'
import { useStore } from 'zustand'

/** The Live / Paused switch: one for the window, whatever page is shown. */
const liveMode = createStore<{ readonly isPaused: boolean }>(() => ({ isPaused: false }))

export function setPaused(isPaused: boolean): void {
  liveMode.setState({ isPaused })
}

export function useIsPaused(): boolean {
  return useStore(liveMode, (state) => state.isPaused)
}
