import { fileURLToPath } from 'node:url'
import type { EngineEntries } from '../../src/server/local/open-local-broker.ts'

const source = (path: string) => fileURLToPath(new URL(`../../src/${path}`, import.meta.url))

/** The engine's threads and processes straight from their sources: Node 24 runs them as they are. */
export const sourceEntries: EngineEntries = {
  storeThread: source('server/local/store/store-thread.ts'),
  executorProcess: source('server/local/executor/executor-process.ts'),
  executorThread: source('server/local/executor/executor-thread.ts'),
  builtInTasks: source('tasks/built-in.ts'),
  taskApi: source('tasks/api.ts'),
}
