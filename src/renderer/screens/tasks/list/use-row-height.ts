import { useSyncExternalStore } from 'react'

/** As `--height-row`: 2rem, so that rows grow with the reader's text size. */
const ROW_REM = 2

function subscribe(listener: () => void): () => void {
  window.addEventListener('resize', listener)
  return () => window.removeEventListener('resize', listener)
}

/** Height of a row of the list in CSS pixels. */
export function useRowHeight(): number {
  return useSyncExternalStore(
    subscribe,
    () => ROW_REM * (Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16),
  )
}
