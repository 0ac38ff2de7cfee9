import type { Clock, EpochMs } from '../../../shared/domain/clock.ts'
import { BrokerError, fromRefusal } from '../../../shared/domain/errors.ts'
import type { StoredEvents } from './event-log.ts'
import type { WorkerClaims } from './claim-orders.ts'
import type { QueryName, QueryParams, QueryValue } from './reader.ts'
import type { OpenedDatabase } from './open-or-set-aside.ts'
import { runCheck, startThread } from './start-thread.ts'
import type { NumbersName, Reply, StoreMessage, WriterRequest } from './store-protocol.ts'
import type { CommandName, CommandParams, CommandReply, CommandValue, Writer } from './writer.ts'

/** What a commit tells everybody, besides its answers. */
export interface CommitNotice {
  readonly events: StoredEvents | null
  readonly claimed: readonly WorkerClaims[]
  readonly nextDueAt: EpochMs | null
  readonly suspects: number
}

export interface Store {
  /** Runs a command; resolved means durable. @throws BrokerError; SERVICE_UNAVAILABLE when the disk fails. */
  run<Name extends CommandName>(name: Name, params: CommandParams<Name>): Promise<CommandValue<Name>>
  /** The kept numbers, from the writer's memory. */
  numbers<Name extends NumbersName>(
    name: Name,
    params: Parameters<Writer['numbers'][Name]>[0],
  ): Promise<ReturnType<Writer['numbers'][Name]>>
  /** Reads on the reading thread; sees everything that was acknowledged before. */
  read<Name extends QueryName>(name: Name, params: QueryParams<Name>): Promise<QueryValue<Name>>
  /** Whether somebody waits for an answer now: what is not urgent had better let others go first. */
  isBusy(): boolean
  onCommit(listener: (notice: CommitNotice) => void): void
  /** What opening found. */
  readonly opened: OpenedDatabase
  /**
   * Reads all of the database in a thread of its own, beside everything else; seconds for millions of
   * tasks. What it finds is a failure. @returns it, or null when all is well.
   */
  checkAll(): Promise<string | null>
  /**
   * Called once when a store thread ends unasked, or the database is found damaged: nothing can be
   * promised after that, and nothing more is written.
   */
  onFailure(listener: (reason: string) => void): void
  close(): Promise<void>
}

export interface StoreOptions {
  readonly threadFile: string
  readonly folder: string
  readonly file: string
  readonly clock: Clock
}

interface Waiting {
  readonly resolve: (value: never) => void
  readonly reject: (error: Error) => void
}

/**
 * Opens the store: one thread that writes, one that reads.
 * A damaged database is moved aside first, and an empty one takes its place.
 * @throws Error with the opener's name and message: FolderInUseError, UnusableDatabaseError,
 *   NewerDatabaseError, ForeignDatabaseError.
 */
export async function openStore({ threadFile, folder, file, clock }: StoreOptions): Promise<Store> {
  const waiting = new Map<number, Waiting>()
  const commitListeners: ((notice: CommitNotice) => void)[] = []
  const failureListeners: ((reason: string) => void)[] = []
  let lastRequestId = 0
  let isClosing = false
  let failure: string | null = null
  let damage: string | null = null
  let outbox: WriterRequest[] = []

  function settle({ requestId, reply }: Reply): void {
    const request = waiting.get(requestId)
    waiting.delete(requestId)
    if (request === undefined) return
    if (reply.ok) request.resolve(reply.value as never)
    else request.reject(toError(reply))
  }

  function receive(message: StoreMessage): void {
    switch (message.kind) {
      case 'committed': {
        for (const reply of message.replies) settle(reply)
        for (const listener of commitListeners) listener(message)
        return
      }
      case 'replies':
        for (const reply of message.replies) settle(reply)
        return
      case 'unavailable':
        for (const requestId of message.requestIds) {
          waiting.get(requestId)?.reject(unavailable(message.reason))
          waiting.delete(requestId)
        }
        return
      case 'damaged':
        foundDamage(message.reason)
        return
      case 'checked':
      case 'opened':
      case 'failed':
        return
    }
  }

  /** What can still be read is read; nothing is written any more. */
  function foundDamage(reason: string): void {
    if (isClosing || damage !== null || failure !== null) return
    damage =
      `the database ${file} is damaged (${reason}). Nothing is written any more. ` +
      'Start Penstock again: it moves the damaged database aside, unchanged, and begins an empty one'
    for (const listener of failureListeners) listener(damage)
  }

  function fail(reason: string): void {
    if (isClosing || failure !== null) return
    failure = reason
    for (const request of waiting.values()) request.reject(lost(reason))
    waiting.clear()
    if (damage === null) for (const listener of failureListeners) listener(reason)
  }

  const startedAt = clock.now()
  const start = (mode: 'read' | 'write') =>
    startThread(threadFile, { mode, folder, file, startedAt }, receive, fail)
  const writer = await start('write')
  const reader = await start('read').catch(async (error: unknown) => {
    isClosing = true
    await writer.close([{ kind: 'close', isDamaged: false }])
    throw error
  })

  function request<Value>(send: (requestId: number) => void): Promise<Value> {
    if (isClosing) return Promise.reject(unavailable('Penstock is stopping'))
    if (failure !== null) return Promise.reject(unavailable(failure))
    const requestId = ++lastRequestId
    return new Promise<Value>((resolve, reject) => {
      waiting.set(requestId, { resolve, reject })
      send(requestId)
    })
  }

  /** Requests of one turn of the event loop cross the border as one message. */
  function toWriter(message: WriterRequest): void {
    if (outbox.length === 0)
      queueMicrotask(() => {
        writer.post(outbox)
        outbox = []
      })
    outbox.push(message)
  }

  let checking: Promise<string | null> | null = null
  async function checkAll(): Promise<string | null> {
    const found = await runCheck(threadFile, { mode: 'check', folder, file, startedAt })
    if (found !== null) foundDamage(found)
    return found
  }

  return {
    opened: writer.opened,
    checkAll: () => (checking ??= checkAll()),
    run: (name, params) =>
      damage === null
        ? request((requestId) =>
            toWriter({ kind: 'command', requestId, now: clock.now(), command: { name, params } }),
          )
        : Promise.reject(unavailable(damage)),
    numbers: (name, params) => request((requestId) => toWriter({ kind: 'numbers', requestId, name, params })),
    read: (name, params) => request((requestId) => reader.post({ requestId, name, params })),
    isBusy: () => waiting.size > 0,
    onCommit: (listener) => void commitListeners.push(listener),
    onFailure: (listener) => void failureListeners.push(listener),
    async close() {
      if (isClosing) return
      isClosing = true
      // What was asked in this turn of the event loop goes first.
      await Promise.resolve()
      await checking?.catch(() => null)
      const closeWriter = () => writer.close([{ kind: 'close', isDamaged: damage !== null }])
      const closeReader = () => reader.close({ kind: 'close' })
      // The last one to close takes the log away, which the reader may not; while another has it open,
      // closing moves nothing from the log of a damaged database into it.
      const inOrder = damage === null ? [closeReader, closeWriter] : [closeWriter, closeReader]
      for (const close of inOrder) await close()
      for (const request of waiting.values()) request.reject(unavailable('Penstock is stopping'))
      waiting.clear()
    },
  }
}

const unavailable = (reason: string) =>
  new BrokerError(
    'SERVICE_UNAVAILABLE',
    `The store cannot be used now: ${reason}. Nothing of this request was done.`,
    {
      component: 'store',
    },
  )

/** The thread went while it worked: an error reply does not mean "not done". */
const lost = (reason: string) =>
  new BrokerError(
    'SERVICE_UNAVAILABLE',
    `The store stopped: ${reason}. Whether this request was done is not known; look before you repeat it.`,
    {
      component: 'store',
    },
  )

function toError(reply: Exclude<CommandReply, { ok: true }>): Error {
  return 'refusal' in reply ? fromRefusal(reply.refusal) : new Error(reply.failure)
}
