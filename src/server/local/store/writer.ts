import type { EpochMs } from '../../../shared/domain/clock.ts'
import { BrokerError, type BrokerRefusal, toRefusal } from '../../../shared/domain/errors.ts'
import type { EventType } from '../../../shared/domain/event.ts'
import type { Json } from '../../../shared/domain/json.ts'
import { prepareAlerts } from './commands/alerts.ts'
import { prepareBulk } from './commands/bulk.ts'
import { prepareCancel } from './commands/cancel.ts'
import { type ClaimOrder, type ClaimOrders, createClaimOrders, type WorkerClaims } from './claim-orders.ts'
import { prepareClaim, type ClaimedTask } from './commands/claim.ts'
import type { CommandContext } from './commands/command-context.ts'
import { createRecorder } from './commands/recorder.ts'
import { prepareDegradations } from './commands/degradations.ts'
import { prepareDelete, prepareDeletions } from './commands/delete.ts'
import { prepareDue } from './commands/due.ts'
import { prepareExpire } from './commands/expire.ts'
import { prepareIndexTasks } from './commands/index-tasks.ts'
import { preparePause } from './commands/pause.ts'
import { prepareRetain } from './commands/retain.ts'
import { prepareUpdate } from './commands/update.ts'
import {
  type CheckpointReport,
  type LogReport,
  prepareProgress,
  type ProgressReport,
} from './commands/progress.ts'
import { prepareFindSettings, prepareQueueSettings } from './commands/queue-settings.ts'
import { prepareRecover } from './commands/recover.ts'
import { prepareReplay } from './commands/replay.ts'
import { prepareRollups } from './commands/rollups.ts'
import { prepareSampleWaiting } from './commands/sample-waiting.ts'
import { prepareSchedules } from './commands/schedules.ts'
import { type AttemptEnded, type AttemptStarted, prepareSettle } from './commands/settle.ts'
import { prepareSubmit } from './commands/submit.ts'
import { prepareWorkerCommands } from './commands/worker-commands.ts'
import { prepareWorkflowCommands } from './commands/workflow-commands.ts'
import { prepareWorkflowProgress } from './commands/workflow-progress.ts'
import { createEventLog, type StoredEvents } from './event-log.ts'
import { createLedger } from './ledger.ts'
import { prepareNumbers } from './numbers.ts'
import type { WritableDatabase } from './open-database.ts'
import { createQueueRooms } from './queue-rooms.ts'

/** What workers tell in one go. Each part is fenced by its lease; what is refused is answered by number. */
export interface WorkerReport {
  readonly workerId: string
  readonly started: readonly AttemptStarted[]
  readonly progress: readonly ProgressReport[]
  readonly logs: readonly LogReport[]
  readonly checkpoints: readonly CheckpointReport[]
  readonly ended: readonly AttemptEnded[]
}

export interface WriterDependencies {
  readonly newId: (now: EpochMs) => string
  readonly newLeaseToken: () => string
  readonly random: () => number
}

/** What one transaction did, besides its answers. */
export interface Committed {
  readonly replies: readonly CommandReply[]
  readonly events: StoredEvents | null
  /** Tasks claimed for standing orders, in the same transaction. */
  readonly claimed: readonly WorkerClaims[]
  readonly nextDueAt: EpochMs | null
  /** Suspects that wait to be run alone, and could be now. */
  readonly suspects: number
}

export type CommandReply =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly refusal: BrokerRefusal }
  /** A bug or a failing disk: not the caller's doing. */
  | { readonly ok: false; readonly failure: string }

export interface Command {
  readonly name: CommandName
  readonly params: unknown
}

function prepareCommands(context: CommandContext, orders: ClaimOrders) {
  const submit = prepareSubmit(context)
  const cancel = prepareCancel(context)
  const remove = prepareDelete(context)
  const settle = prepareSettle(context)
  const progress = prepareProgress(context)
  const replay = prepareReplay(context, { submit, remove })
  const { makeDue, nextDueAt } = prepareDue(context, prepareExpire(context))
  const { record } = context

  const pause = preparePause(context)
  const updateTask = prepareUpdate(context)
  const deletions = prepareDeletions(context, remove)

  const commands = {
    submit,
    cancel,
    ...pause,
    updateTask,
    indexTasks: prepareIndexTasks(context),
    ...prepareRollups(context),
    sampleWaiting: prepareSampleWaiting(context),
    ...prepareRetain(context, remove),
    ...deletions,
    ...prepareBulk(context, { cancel, ...pause, ...replay, updateTask, deleteTask: deletions.deleteTask }),
    ...prepareQueueSettings(context),
    replay: replay.replay,
    reprocess: replay.reprocess,
    purgeDead: replay.purgeDead,
    makeDue,
    recover: prepareRecover(context, settle),
    ...prepareWorkflowCommands(context, { submit, cancel, remove }),
    ...prepareSchedules(context, submit),
    ...prepareAlerts(context),
    ...prepareDegradations(context, orders),
    ...prepareWorkerCommands(context, { settle, progress, orders }),

    /** @returns numbers of the tasks whose lease was lost. */
    report({
      workerId,
      started,
      progress: progressReports,
      logs,
      checkpoints,
      ended,
    }: WorkerReport): readonly number[] {
      const lost = new Set<number>()
      const endedNow = new Set(ended.map(({ lease }) => lease.number))
      const startKnown = new Set<number>()
      const told = new Set([...progressReports, ...logs].map(({ lease }) => lease.number))
      for (const start of started) {
        const { number } = start.lease
        // A start and an end that arrive together are one write, unless something was told in between.
        if (endedNow.has(number) && !told.has(number)) continue
        if (settle.start(start, workerId)) startKnown.add(number)
        else lost.add(number)
      }
      const startedHere = new Set(started.map(({ lease }) => lease.number))
      for (const entry of progressReports)
        if (!progress.progress(entry, workerId)) lost.add(entry.lease.number)
      for (const entry of checkpoints) if (!progress.checkpoint(entry)) lost.add(entry.lease.number)
      for (const entry of logs) if (!progress.log(entry, workerId)) lost.add(entry.lease.number)
      for (const end of ended) {
        const { number } = end.lease
        const isStartKnown = startKnown.has(number) || !startedHere.has(number)
        if (!settle.end(end, workerId, isStartKnown)) lost.add(number)
      }
      return [...lost]
    },
    orderClaims: (order: ClaimOrder): void => orders.add(order),
    withdrawOrder: ({ workerId }: { readonly workerId: string }): void => orders.withdraw(workerId),
    closeOrder: ({ workerId }: { readonly workerId: string }): void => orders.close(workerId),
    claimSuspect: (request: { readonly workerId: string; readonly now: EpochMs }): readonly ClaimedTask[] =>
      orders.claimSuspect(request.workerId, request.now),
    recordEvent(event: {
      readonly type: EventType
      readonly at: EpochMs
      readonly queue: string | null
      readonly workerId: string | null
      readonly data: Readonly<Record<string, Json>>
    }): void {
      record.event({ ...event, taskId: null })
    },
  }
  return { commands, nextDueAt }
}

type Commands = ReturnType<typeof prepareCommands>['commands']
export type CommandName = keyof Commands
export type CommandParams<Name extends CommandName> = Parameters<Commands[Name]>[0]
export type CommandValue<Name extends CommandName> = ReturnType<Commands[Name]>

/** The one that writes. Time reaches it inside commands; dice are handed in. */
export function createWriter(db: WritableDatabase, dependencies: WriterDependencies) {
  const log = createEventLog(db)
  const ledger = createLedger(db)
  const record = createRecorder()
  const { newId, random } = dependencies
  const workflows = prepareWorkflowProgress({ db, record })
  const context: CommandContext = { db, record, newId, random, workflows }
  const listSuspects = db.prepare<[], { queue: string; name: string }>(
    `SELECT queue, name FROM tasks WHERE state = 'pending' AND is_suspect = 1`,
  )
  const countHeld = db
    .prepare<[string], number>(`SELECT count(*) FROM tasks WHERE state = 'running' AND worker_id = ?`)
    .pluck()
  const orders = createClaimOrders({
    claims: prepareClaim(context),
    rooms: createQueueRooms(ledger, prepareFindSettings(context)),
    newLeaseToken: dependencies.newLeaseToken,
    applyRecord,
    countHeld: (workerId) => countHeld.get(workerId)!,
    listSuspects: () => listSuspects.all(),
  })
  const { commands, nextDueAt } = prepareCommands(context, orders)
  const numbers = prepareNumbers(db, ledger, log)

  const begin = db.prepare('BEGIN IMMEDIATE')
  const commit = db.prepare('COMMIT')
  const rollback = db.prepare('ROLLBACK')
  const savepoint = db.prepare('SAVEPOINT command')
  const release = db.prepare('RELEASE command')
  const undo = db.prepare('ROLLBACK TO command')

  /** Runs one command; one that is refused or fails leaves nothing behind. */
  function run({ name, params }: Command): CommandReply {
    const events = record.events.length
    const entries = record.entries.length
    savepoint.run()
    try {
      const value = (commands[name] as (params: unknown) => unknown)(params)
      release.run()
      return { ok: true, value }
    } catch (error) {
      undo.run()
      release.run()
      record.events.length = events
      record.entries.length = entries
      if (error instanceof BrokerError) return { ok: false, refusal: toRefusal(error) }
      if (isDiskFailure(error)) throw error
      return { ok: false, failure: error instanceof Error ? (error.stack ?? error.message) : String(error) }
    }
  }

  function applyRecord(): void {
    ledger.apply(record.entries)
    record.entries.length = 0
  }

  return {
    /**
     * Runs commands in one transaction, in order, with one sync to disk for all of them. When it
     * returns, everything is durable. Throws when the disk fails; then nothing of it happened.
     */
    commit(batch: readonly Command[], now: EpochMs): Committed {
      const seqBefore = log.lastSeq
      const restoreOrders = orders.keep()
      begin.run()
      try {
        const replies = batch.map(run)
        applyRecord()
        const claimed = orders.serve(now)
        const events = log.append(record.events)
        commit.run()
        record.events.length = 0
        return {
          replies,
          events,
          claimed,
          nextDueAt: earliest(nextDueAt(), orders.nextRoomAt),
          suspects: orders.countSuspects(now),
        }
      } catch (error) {
        if (db.inTransaction) rollback.run()
        record.events.length = 0
        record.entries.length = 0
        restoreOrders()
        log.rewind(seqBefore)
        ledger.reload()
        throw error
      }
    },
    numbers,
  }
}

export type Writer = ReturnType<typeof createWriter>

function earliest(one: EpochMs | null, other: EpochMs | null): EpochMs | null {
  if (one === null || other === null) return one ?? other
  return Math.min(one, other)
}

function isDiskFailure(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' && /^SQLITE_(FULL|IOERR|CORRUPT|READONLY|NOMEM|BUSY)/.test(code)
}
