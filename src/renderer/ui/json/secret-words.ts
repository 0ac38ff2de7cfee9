import { createStore } from 'zustand/vanilla'
import { useStore } from 'zustand'

/** A key that contains one of these, whatever its case and punctuation, has a secret value. */
export const DEFAULT_SECRET_WORDS: readonly string[] = [
  'password',
  'passwd',
  'secret',
  'token',
  'authorization',
  'api key',
  'private key',
  'credential',
  'cookie',
]

const STORAGE_KEY = 'penstock.secretWords'

function storedWords(): readonly string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? 'null')
    const isList = Array.isArray(stored) && stored.every((word) => typeof word === 'string')
    return isList ? stored : DEFAULT_SECRET_WORDS
  } catch {
    return DEFAULT_SECRET_WORDS // storage is switched off, or holds something else
  }
}

const wordsStore = createStore<{ readonly words: readonly string[] }>(() => ({ words: storedWords() }))

/** Empty words and repetitions are left out. */
export function setSecretWords(words: readonly string[]): void {
  const kept = [...new Set(words.map((word) => word.trim()).filter((word) => word !== ''))]
  wordsStore.setState({ words: kept })
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(kept))
  } catch {
    // Storage is switched off; the words last as long as the window.
  }
}

export function useSecretWords(): readonly string[] {
  return useStore(wordsStore, (state) => state.words)
}
