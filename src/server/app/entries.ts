import { join } from 'node:path'
import type { EngineEntries } from '../local/engine-entries.ts'

/** Entries of a build: all beside each other in `out/server`. */
export function builtEntries(serverFolder: string): EngineEntries {
  return {
    storeThread: join(serverFolder, 'store-thread.js'),
    executorProcess: join(serverFolder, 'executor-process.js'),
    executorThread: join(serverFolder, 'executor-thread.js'),
    builtInTasks: join(serverFolder, 'built-in-tasks.js'),
    taskApi: join(serverFolder, 'penstock-tasks.js'),
  }
}
