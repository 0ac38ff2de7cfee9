import { createPreference } from '../preference.ts'

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

const words = createPreference<readonly string[]>({
  key: 'penstock.secretWords',
  read: (stored) =>
    Array.isArray(stored) && stored.every((word) => typeof word === 'string') ? stored : null,
  initial: DEFAULT_SECRET_WORDS,
})

/** Empty words and repetitions are left out. */
export function setSecretWords(given: readonly string[]): void {
  words.set([...new Set(given.map((word) => word.trim()).filter((word) => word !== ''))])
}

export const useSecretWords = (): readonly string[] => words.use()
