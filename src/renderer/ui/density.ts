import { createStore } from 'zustand/vanilla'
import { useStore } from 'zustand'
import { useRem } from './use-rem.ts'

export const DENSITY_CHOICES = ['regular', 'compact'] as const
export type Density = (typeof DENSITY_CHOICES)[number]

const STORAGE_KEY = 'penstock.density'

/** Height of a row with one line; as `--height-row`. */
const ROW_REM: Readonly<Record<Density, number>> = { regular: 2, compact: 1.625 }

function storedDensity(): Density {
  try {
    const stored = localStorage.getItem(STORAGE_KEY)
    return DENSITY_CHOICES.find((choice) => choice === stored) ?? 'regular'
  } catch {
    return 'regular' // storage is switched off; the choice lasts as long as the window
  }
}

const densityStore = createStore<{ readonly density: Density }>(() => ({ density: storedDensity() }))

export function chooseDensity(density: Density): void {
  densityStore.setState({ density })
  try {
    localStorage.setItem(STORAGE_KEY, density)
  } catch {
    // As above.
  }
}

export function useDensity(): Density {
  return useStore(densityStore, (state) => state.density)
}

/** Height in pixels of a table row with one line, for lists that draw only what is in sight. */
export function useRowHeight(): number {
  const rem = useRem()
  return ROW_REM[useDensity()] * rem
}

/** Keeps `data-density` on the root element right; call once, before the first paint. */
export function applyDensity(): void {
  const apply = () => {
    document.documentElement.dataset['density'] = densityStore.getState().density
  }
  densityStore.subscribe(apply)
  apply()
}
