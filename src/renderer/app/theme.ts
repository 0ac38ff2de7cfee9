import { createStore } from 'zustand/vanilla'
import { useStore } from 'zustand'

export const THEME_CHOICES = ['system', 'light', 'dark'] as const
export type ThemeChoice = (typeof THEME_CHOICES)[number]

const STORAGE_KEY = 'penstock.theme'

function storedChoice(): ThemeChoice {
  try {
    const stored = localStorage.getItem(STORAGE_KEY)
    return THEME_CHOICES.find((choice) => choice === stored) ?? 'system'
  } catch {
    return 'system' // storage is switched off; the choice lasts as long as the window
  }
}

const themeStore = createStore<{ readonly choice: ThemeChoice }>(() => ({ choice: storedChoice() }))

export function chooseTheme(choice: ThemeChoice): void {
  themeStore.setState({ choice })
  try {
    localStorage.setItem(STORAGE_KEY, choice)
  } catch {
    // As above.
  }
}

export function useThemeChoice(): ThemeChoice {
  return useStore(themeStore, (state) => state.choice)
}

/** Keeps `data-theme` on the root element right; call once, before the first paint. */
export function applyTheme(): void {
  const systemIsDark = window.matchMedia('(prefers-color-scheme: dark)')
  const apply = () => {
    const { choice } = themeStore.getState()
    const isDark = choice === 'dark' || (choice === 'system' && systemIsDark.matches)
    document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light'
  }
  themeStore.subscribe(apply)
  systemIsDark.addEventListener('change', apply)
  apply()
}
