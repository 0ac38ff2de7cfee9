import type { AttemptEnd } from '../../../shared/domain/attempt-end.ts'
import type { Clock, EpochMs } from '../../../shared/domain/clock.ts'
import type { TaskError } from '../../../shared/domain/task.ts'
import type { HandlerList } from '../../../shared/domain/worker.ts'
import type { Executor } from '../executor/supervise-executor.ts'
import type { AbortReason, EndedNotice, FromExecutor } from '../executor/executor-protocol.ts'
import type { ClaimedTask } from '../store/commands/claim.ts'
import type { AttemptEnded } from '../store/commands/settle.ts'
import type { CommitNotice, Store } from '../store/store-client.ts'
import { createPrefetch } from './prefetch.ts'

/** A claimed task and how far it is. */
export interface LiveAttempt {
  readonly task: ClaimedTask
  startedAt: EpochMs | null
}

export interface Dispatcher {
  readonly live: ReadonlyMap<number, LiveAttempt>
  readonly isPaused: boolean
  /** Asks a running attempt to end; nothing happens when it has ended already. */
  abort(number: number, why: AbortReason, terminate: boolean): void
  setPaused(isPaused: boolean): void
  onReady(handlers: HandlerList): void
  onHandlers(handlers: HandlerList): void
  onReport(report: Extract<FromExecutor, { kind: 'report' }>): void
  onCrash(reason: string): void
  /** Resolves when what was reported is written; nothing is claimed any more. */
  stop(): Promise<void>
}

export interface DispatcherOptions {
  readonly store: Store
  readonly executor: () => Executor
  readonly clock: Clock
  readonly workerId: string
  readonly threads: number
  /** Called for every attempt that ended, for the worker's own figures. */
  readonly onEnded: (ended: AttemptEnded) => void
  /** A bug or a store that cannot be written: told once a failure, at the top. */
  readonly onError: (error: unknown) => void
}

/**
 * Decides what the local pool runs. Keeps a standing order with the store for as many tasks as there
 * is room for, so that a submitted task is claimed in the transaction that writes it; hands what is
 * claimed to the executor; writes what the executor reports.
 *
 * After a crash of the executor the tasks that had started are suspects, and run alone, one after
 * another, until the guilty one has told itself by crashing alone.
 */
export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const { store, executor, clock, workerId, threads } = options
  const live = new Map<number, LiveAttempt>()
  const prefetch = createPrefetch(threads)
  let names: readonly string[] = []
  let isReady = false
  let isPaused = false
  let isStopping = false
  let ordered = 0
  let suspects = 0
  let isClaimingSuspect = false
  const pendingWrites = new Set<Promise<unknown>>()

  function track<Value>(write: Promise<Value>): Promise<Value | undefined> {
    const settled: Promise<Value | undefined> = write
      .catch((error: unknown) => {
        if (!isStopping) options.onError(error)
        return undefined
      })
      .finally(() => pendingWrites.delete(settled))
    pendingWrites.add(settled)
    return settled
  }

  const mayClaim = () => isReady && !isPaused && !isStopping

  /** Tops the standing order up to what there is room for. */
  function order(): void {
    if (!mayClaim() || suspects > 0 || isClaimingSuspect) return
    const room = prefetch.target() - live.size - ordered
    // Small top-ups cost a message each; a worker with a full shelf can wait for half of it to empty.
    if (room <= 0 || (ordered > 0 && room < prefetch.target() / 4)) return
    ordered += room
    void track(store.run('orderClaims', { workerId, credits: room, names, now: clock.now() }))
  }

  function withdraw(): void {
    ordered = 0
    void track(store.run('withdrawOrder', undefined as never))
  }

  function accept(claimed: readonly ClaimedTask[]): void {
    if (claimed.length === 0) return
    ordered = Math.max(0, ordered - claimed.length)
    if (!mayClaim()) return giveBack(claimed)
    for (const task of claimed) live.set(task.number, { task, startedAt: null })
    executor().run(claimed)
  }

  function giveBack(claimed: readonly ClaimedTask[]): void {
    write(claimed.map((task) => toEnded(task, null, { kind: 'lost', error: LET_GO, blame: 'innocent' })))
  }

  function toEnded(task: ClaimedTask, startedAt: EpochMs | null, end: AttemptEnd): AttemptEnded {
    return { lease: task, startedAt, at: clock.now(), end }
  }

  function write(ended: readonly AttemptEnded[]): void {
    if (ended.length === 0) return
    void track(store.run('report', { workerId, started: [], progress: [], logs: [], checkpoints: [], ended }))
    for (const end of ended) options.onEnded(end)
  }

  async function claimSuspect(): Promise<void> {
    if (isClaimingSuspect || suspects === 0 || live.size > 0 || !mayClaim()) return
    isClaimingSuspect = true
    const claimed = await track(store.run('claimSuspect', { workerId, names, now: clock.now() }))
    isClaimingSuspect = false
    // A suspect nobody may run now (its queue is paused, its handler gone) must not hold up the others.
    if (claimed === undefined || claimed.length === 0) suspects = 0
    else accept(claimed)
    order()
  }

  function goOn(): void {
    if (suspects > 0) void claimSuspect()
    else order()
  }

  store.onCommit(({ claimed, suspects: waiting }: CommitNotice) => {
    const hadSuspects = suspects > 0
    suspects = waiting
    accept(claimed)
    if (suspects > 0 && !hadSuspects && ordered > 0) withdraw()
    if (suspects > 0 && live.size === 0) void claimSuspect()
    if (hadSuspects && suspects === 0) order()
  })

  function toLease(notice: EndedNotice): AttemptEnded[] {
    const attempt = live.get(notice.number)
    if (attempt === undefined) return []
    live.delete(notice.number)
    if (notice.startedAt !== null) prefetch.ran(notice.at - notice.startedAt)
    return [{ lease: attempt.task, startedAt: notice.startedAt, at: notice.at, end: notice.end }]
  }

  return {
    live,
    get isPaused() {
      return isPaused
    },
    abort(number, why, terminate) {
      if (live.has(number)) executor().abort(number, why, terminate)
    },
    setPaused(paused) {
      if (isPaused === paused) return
      isPaused = paused
      if (paused) withdraw()
      else goOn()
    },
    onReady(handlers) {
      isReady = true
      names = handlers.handlers.map(({ name }) => name)
      goOn()
    },
    onHandlers(handlers) {
      names = handlers.handlers.map(({ name }) => name)
      // Tells the store the new names, also when there is no room for more.
      if (mayClaim()) void track(store.run('orderClaims', { workerId, credits: 0, names, now: clock.now() }))
    },
    onReport(report) {
      const leaseOf = (number: number) => live.get(number)?.task
      const started = report.started.flatMap(({ number, at }) => {
        const attempt = live.get(number)
        if (attempt === undefined) return []
        attempt.startedAt = at
        return [{ lease: attempt.task, at }]
      })
      const progress = report.progress.flatMap(({ number, ...entry }) => {
        const lease = leaseOf(number)
        return lease === undefined ? [] : [{ lease, ...entry }]
      })
      const logs = report.logs.flatMap(({ number, ...entry }) => {
        const lease = leaseOf(number)
        return lease === undefined ? [] : [{ lease, ...entry }]
      })
      const checkpoints = report.checkpoints.flatMap(({ number, data }) => {
        const lease = leaseOf(number)
        return lease === undefined ? [] : [{ lease, data }]
      })
      const ended = report.ended.flatMap(toLease)
      void track(store.run('report', { workerId, started, progress, logs, checkpoints, ended }))
      for (const end of ended) options.onEnded(end)
      if (ended.length > 0) goOn()
    },
    onCrash(reason) {
      isReady = false
      const attempts = [...live.values()]
      live.clear()
      withdraw()
      const inside = attempts.filter(({ startedAt }) => startedAt !== null)
      const blame = inside.length === 1 ? 'guilty' : 'suspect'
      write(
        attempts.map(({ task, startedAt }) =>
          toEnded(task, startedAt, {
            kind: 'lost',
            error: crashError(reason, inside.length),
            blame: startedAt === null ? 'innocent' : blame,
          }),
        ),
      )
    },
    async stop() {
      isStopping = true
      giveBackLive()
      while (pendingWrites.size > 0) await Promise.all(pendingWrites)
    },
  }

  function giveBackLive(): void {
    const attempts = [...live.values()]
    live.clear()
    write(
      attempts.map(({ task, startedAt }) =>
        toEnded(task, startedAt, { kind: 'lost', error: STOPPED, blame: 'innocent' }),
      ),
    )
  }
}

const LET_GO: TaskError = {
  type: 'WorkerLostError',
  message: 'The worker let go of it before it started.',
  traceback: null,
  cause: null,
}
const STOPPED: TaskError = {
  type: 'WorkerLostError',
  message: 'Penstock stopped while this attempt ran; it starts again.',
  traceback: null,
  cause: null,
}

function crashError(reason: string, inside: number): TaskError {
  const others = inside > 1 ? ` with ${inside} tasks in it, so each is now run alone` : ''
  return {
    type: 'WorkerCrashError',
    message: `The executor process ${reason}${others}.`,
    traceback: null,
    cause: null,
  }
}
