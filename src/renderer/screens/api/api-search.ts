import { DIALECTS, type DialectName } from './api-calls.ts'
import { LANGUAGES, type Language } from './write-call.ts'

/** What the address of the page API says. */
export interface ApiSearch {
  readonly dialect?: DialectName | undefined
  readonly language?: Language | undefined
}

/** Reads the address; what is not understood is left out. */
export function parseApiSearch({ dialect, language }: Record<string, unknown>): ApiSearch {
  return {
    dialect: DIALECTS.find((known) => known === dialect),
    language: LANGUAGES.find((known) => known === language),
  }
}
