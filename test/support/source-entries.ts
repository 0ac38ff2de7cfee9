import { inject } from 'vitest'
import { builtEntries } from '../../src/server/app/entries.ts'
import type { EngineEntries } from '../../src/server/local/engine-entries.ts'

/** The engine's threads and processes, from the sources as they were when the run began. */
export const sourceEntries: EngineEntries = builtEntries(inject('engineFolder'))
