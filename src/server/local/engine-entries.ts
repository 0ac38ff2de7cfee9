/** Files that the local broker starts processes and threads with, as built. */
export interface EngineEntries {
  readonly storeThread: string
  readonly executorProcess: string
  readonly executorThread: string
  readonly builtInTasks: string
  readonly taskApi: string
}
