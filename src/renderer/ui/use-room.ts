import { useSyncExternalStore } from 'react'

/** How much room the window has: `medium` under 1200 px, `narrow` under 1000 px, at the usual size of text. */
export type Room = 'wide' | 'medium' | 'narrow'

const isUnder = (em: number) => window.matchMedia(`(max-width: ${em}em)`)

function readRoom(): Room {
  if (isUnder(62.4375).matches) return 'narrow'
  return isUnder(74.9375).matches ? 'medium' : 'wide'
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('resize', listener)
  return () => window.removeEventListener('resize', listener)
}

export function useRoom(): Room {
  return useSyncExternalStore(subscribe, readRoom)
}
