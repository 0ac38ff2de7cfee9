import { Worker } from 'node:worker_threads'
import type { OpenedDatabase } from './open-or-set-aside.ts'
import type { StoreMessage, StoreThreadData } from './store-protocol.ts'

const IN_ORDER: OpenedDatabase = { wasUnclean: false, setAside: null, damagedFiles: [] }

export interface StoreThread {
  /** What the writer found; in order, for one that only reads. */
  readonly opened: OpenedDatabase
  post(message: unknown): void
  /**
   * Lets it close its database and end by itself: one that is terminated may be in the middle of SQLite.
   * Resolves when it is gone, however it went.
   */
  close(message: unknown): Promise<void>
}

/**
 * Starts a thread of the store, and resolves when it has opened the database.
 * @throws Error with the opener's name and message.
 */
export async function startThread(
  threadFile: string,
  data: StoreThreadData,
  receive: (message: StoreMessage) => void,
  fail: (reason: string) => void,
): Promise<StoreThread> {
  const thread = new Worker(threadFile, { workerData: data, name: `penstock-store-${data.mode}` })
  const { promise: ended, resolve: end } = Promise.withResolvers<void>()
  thread.once('exit', () => end())
  const opened = await new Promise<OpenedDatabase | null>((resolve, reject) => {
    thread.once('message', (message: StoreMessage) => {
      if (message.kind === 'failed') reject(toThreadError(message))
      else resolve(message.kind === 'opened' ? message.database : null)
    })
    thread.once('error', reject)
    thread.once('exit', () => reject(new Error('The store thread ended before it was open.')))
  })
  thread.on('message', receive)
  thread.on('error', (error) => fail(`the store thread failed: ${(error as Error).message}`))
  thread.on('exit', (code) => fail(`the store thread ended with code ${code}`))
  return {
    opened: opened ?? IN_ORDER,
    post: (message) => thread.postMessage(message),
    close(message) {
      thread.postMessage(message)
      return ended
    },
  }
}

/** Reads all of the database in a thread that ends by itself. @returns what is wrong with it, or null. */
export async function runCheck(threadFile: string, data: StoreThreadData): Promise<string | null> {
  const thread = new Worker(threadFile, { workerData: data, name: 'penstock-store-check' })
  const ended = new Promise<void>((resolve) => thread.once('exit', () => resolve()))
  const found = await new Promise<string | null>((resolve, reject) => {
    thread.once('message', (message: StoreMessage) => {
      if (message.kind === 'checked') resolve(message.damage)
      else
        reject(message.kind === 'failed' ? toThreadError(message) : new Error(`It told '${message.kind}'.`))
    })
    thread.once('error', reject)
    thread.once('exit', () => reject(new Error('The thread that reads all of the database ended.')))
  })
  await ended
  return found
}

/** What failed in a thread, under its own name. */
export function toThreadError({
  name,
  message,
}: Pick<Extract<StoreMessage, { kind: 'failed' }>, 'name' | 'message'>): Error {
  return Object.assign(new Error(message), { name })
}
