import type { MessagePort } from 'node:worker_threads'
import { backUp } from './backup/back-up.ts'
import { restore } from './backup/restore.ts'
import { measureDatabase } from './measure-database.ts'
import { moveFolder } from './move/move-folder.ts'
import { readSqliteVersion } from './read-sqlite-version.ts'
import type { StoreJob, StoreJobMessage } from './store-job-protocol.ts'
import type { StoreThreadData } from './store-protocol.ts'

/** The thread's side; any message from the other one asks it to stop. */
export async function doStoreJob(
  port: MessagePort,
  { folder, file, startedAt }: StoreThreadData,
  job: StoreJob,
): Promise<void> {
  const post = (message: StoreJobMessage) => port.postMessage(message)
  const stop = new AbortController()
  port.once('message', () => stop.abort())
  const result = await run()
  post({ kind: 'finished', result })
  port.close()

  function run() {
    switch (job.kind) {
      case 'backup':
        return backUp({
          ...job,
          file,
          onProgress: (fraction) => post({ kind: 'progress', fraction }),
          signal: stop.signal,
        })
      case 'restore':
        return restore({ ...job, folder, file, now: startedAt })
      case 'move':
        return moveFolder({ ...job, folder })
      case 'measure':
        return measureDatabase(file)
      case 'sqlite-version':
        return readSqliteVersion()
    }
  }
}
