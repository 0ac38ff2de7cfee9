import { randomBytes } from 'node:crypto'
import { parentPort, workerData } from 'node:worker_threads'
import { BrokerError, toRefusal } from '../../../shared/domain/errors.ts'
import { releaseStartMemory } from '../release-start-memory.ts'
import { createIds } from './create-ids.ts'
import { forPeople, isDamage } from './damage.ts'
import { markDamaged } from './damage-mark.ts'
import { type FolderLock, lockFolder } from './folder-lock.ts'
import { findDamage } from './inspect-database.ts'
import { openReadable } from './open-database.ts'
import { openOrSetAside } from './open-or-set-aside.ts'
import { createReader, type Reader } from './reader.ts'
import { doStoreJob } from './do-store-job.ts'
import type { ReaderRequest, Reply, StoreMessage, StoreThreadData, WriterRequest } from './store-protocol.ts'
import { type CommandReply, createWriter, type Writer } from './writer.ts'

/** Entry of the store's threads. The writer answers many requests with one sync to disk. */

const port = parentPort!
const data = workerData as StoreThreadData
const { mode, folder, file, startedAt } = data
const post = (message: StoreMessage) => port.postMessage(message)

let damage: string | null = null

/** Told once, and noted beside the database, so that the next start looks at all of it. */
function tellDamage(error: unknown): void {
  if (damage !== null || !isDamage(error)) return
  damage = error instanceof Error ? error.message : String(error)
  markDamaged(file, damage)
  post({ kind: 'damaged', reason: damage })
}

function answer(work: () => unknown): CommandReply {
  try {
    return { ok: true, value: work() }
  } catch (error) {
    if (error instanceof BrokerError) return { ok: false, refusal: toRefusal(error) }
    tellDamage(error)
    return { ok: false, failure: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

async function startWriter(): Promise<void> {
  const lock: FolderLock = lockFolder(folder)
  const {
    db,
    built: writer,
    opened,
  } = await openOrSetAside(file, startedAt, (connection) =>
    createWriter(connection, {
      newId: createIds(Math.random),
      newLeaseToken: () => randomBytes(8).toString('hex'),
      random: Math.random,
    }),
  ).catch((error: unknown) => {
    lock.release()
    throw error
  })
  let waiting: WriterRequest[] = []

  // Whatever arrived while the last commit ran goes into the next one: no timer, no waiting.
  port.on('message', (requests: readonly WriterRequest[]) => {
    if (waiting.length === 0) setImmediate(work)
    waiting.push(...requests)
  })

  function work(): void {
    const requests = waiting
    waiting = []
    commitCommands(writer, requests)
    const replies = requests.flatMap((request): Reply[] =>
      request.kind === 'numbers'
        ? [
            {
              requestId: request.requestId,
              reply: answer(() => writer.numbers[request.name](request.params as never)),
            },
          ]
        : [],
    )
    if (replies.length > 0) post({ kind: 'replies', replies })
    const close = requests.find((request) => request.kind === 'close')
    if (close !== undefined) {
      if (damage === null && !close.isDamaged) db.pragma('wal_checkpoint(TRUNCATE)')
      db.close()
      lock.release()
      port.close()
    }
  }
  post({ kind: 'opened', database: opened })
}

function commitCommands(writer: Writer, requests: readonly WriterRequest[]): void {
  const commands = requests.filter((request) => request.kind === 'command')
  if (commands.length === 0) return
  try {
    if (damage !== null) throw new Error(damage)
    const { replies, ...committed } = writer.commit(
      commands.map(({ command }) => command),
      commands.at(-1)!.now,
    )
    post({
      kind: 'committed',
      replies: commands.map(({ requestId }, index) => ({ requestId, reply: replies[index]! })),
      ...committed,
    })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    tellDamage(error)
    post({ kind: 'unavailable', requestIds: commands.map(({ requestId }) => requestId), reason })
  }
}

async function startReader(): Promise<void> {
  const db = await openReadable(file)
  const reader: Reader = createReader(db)
  port.on('message', (request: ReaderRequest | { readonly kind: 'close' }) => {
    if ('kind' in request) {
      db.close()
      port.close()
      return
    }
    const reply = answer(() => (reader[request.name] as (params: unknown) => unknown)(request.params))
    post({ kind: 'replies', replies: [{ requestId: request.requestId, reply }] })
  })
  post({ kind: 'opened', database: null })
}

async function checkAll(): Promise<void> {
  const db = await openReadable(file)
  const found = findDamage(db)
  db.close()
  if (found !== null) markDamaged(file, found)
  post({ kind: 'checked', damage: found })
  port.close()
}

const START = {
  write: startWriter,
  read: startReader,
  check: checkAll,
  job: () => doStoreJob(port, data, data.job!),
}

try {
  await START[mode]()
  if (mode === 'write' || mode === 'read') releaseStartMemory()
} catch (error) {
  const told = forPeople(error, file)
  const { name, message } = told instanceof Error ? told : new Error(String(told))
  post({ kind: 'failed', name, message })
  port.close()
}
