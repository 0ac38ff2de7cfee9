import type { AttemptEnd } from '../../../shared/domain/attempt-end.ts'
import type { Clock, EpochMs } from '../../../shared/domain/clock.ts'
import type { LoadedHandlers } from '../../../shared/domain/worker.ts'
import type { AbortReason, EndedNotice, ExecutorReport } from '../executor/executor-protocol.ts'
import type { Executor } from '../executor/supervise-executor.ts'
import type { ClaimedTask } from '../store/commands/claim.ts'
import type { AttemptEnded, Lease } from '../store/commands/settle.ts'
import type { CommitNotice, Store } from '../store/store-client.ts'
import { crashError, LET_GO, STOPPED } from './lost-errors.ts'
import { assignmentOf, leaseOf } from './claimed-task-parts.ts'
import { createReportParts, emptyReport, type ReportPart } from './report-parts.ts'
import { countEnd, insideSince, type LiveAttempt, type PoolState, wantsTasks } from './pool-state.ts'
import { createStoreWrites } from './store-writes.ts'

export interface Dispatcher {
  readonly live: ReadonlyMap<number, LiveAttempt>
  readonly pools: ReadonlyMap<string, PoolState>
  /** Threads by pool, for the executor. */
  slots(): Readonly<Record<string, number>>
  addPool(pool: PoolState): void
  /** Acts on what was changed of a pool: its threads, or whether it may claim. */
  changed(pool: PoolState): void
  /** Asks a running attempt to end. @returns whether it runs here. */
  abort(number: number, why: AbortReason, terminate: boolean): boolean
  onReady(handlers: LoadedHandlers): void
  onHandlers(handlers: LoadedHandlers): void
  onReport(report: ExecutorReport): void
  onCrash(reason: string): void
  /** Resolves when what was reported is written; nothing is claimed any more. */
  stop(): Promise<void>
}

export interface DispatcherOptions {
  readonly store: Store
  readonly executor: () => Executor
  readonly clock: Clock
  /** Those of the configuration; others come and go. */
  readonly pools: readonly PoolState[]
  /** A pool that drains or leaves has nothing in hand any more, and nothing on its way. */
  readonly onEmpty: (pool: PoolState) => void
  /** Asked only when there are lines: whether what handlers log is written. */
  readonly keepsLogs: () => boolean
  /** A bug or a store that cannot be written: told once a failure, at the top. */
  readonly onError: (error: unknown) => void
}

/**
 * Decides what the pools of the executor run. Keeps a standing order with the store for each, for as
 * many tasks as there is room for, so that a submitted task is claimed in the transaction that writes
 * it; hands what is claimed to the executor; writes what the executor reports.
 *
 * After a crash of the executor the tasks that had started are suspects, and run alone in all of it,
 * one after another, until the guilty one has told itself by crashing alone.
 */
export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const { store, executor, clock } = options
  const live = new Map<number, LiveAttempt>()
  const pools = new Map(options.pools.map((pool) => [pool.id, pool]))
  const writes = createStoreWrites(store, options.onError)
  let names: readonly string[] = []
  let isReady = false
  let isStopping = false
  let suspects = 0
  let isClaimingSuspect = false
  let isSuspectLive = false
  let isPassingOver = false

  const mayClaim = (pool: PoolState) => isReady && !isStopping && wantsTasks(pool)

  function sendOrder(pool: PoolState, credits: number): void {
    const { id: workerId, queues } = pool
    pool.ordered += credits
    const order = { workerId, credits, names, queues, now: clock.now() }
    const refused = () => {
      pool.ordered = Math.max(0, pool.ordered - credits)
      writes.later(() => goOn())
    }
    void writes.track(
      store.run('orderClaims', order).catch((error: unknown) => {
        refused()
        throw error
      }),
    )
  }

  /** Tops a standing order up to what there is room for. */
  function order(pool: PoolState): void {
    if (!mayClaim(pool) || suspects > 0 || isClaimingSuspect || isSuspectLive) return
    const target = pool.prefetch.target()
    const room = target - pool.held - pool.ordered
    // Small top-ups cost a message each; a worker with a full shelf can wait for half of it to empty.
    if (room <= 0 || (pool.ordered > 0 && room < target / 4)) return
    sendOrder(pool, room)
  }

  function orderAll(): void {
    for (const pool of pools.values()) order(pool)
  }

  function withdraw(pool: PoolState, how: 'withdrawOrder' | 'closeOrder'): Promise<unknown> {
    pool.ordered = 0
    return writes.track(store.run(how, { workerId: pool.id }))
  }

  const withdrawAll = () => Promise.all([...pools.values()].map((pool) => withdraw(pool, 'withdrawOrder')))

  function accept(workerId: string, claimed: readonly ClaimedTask[]): void {
    if (claimed.length === 0) return
    const pool = pools.get(workerId)
    if (pool === undefined || !mayClaim(pool)) return giveBack(workerId, claimed)
    pool.ordered = Math.max(0, pool.ordered - claimed.length)
    pool.held += claimed.length
    for (const task of claimed) {
      const { number, isSuspect } = task
      live.set(number, { lease: leaseOf(task), isSuspect, pool, handedAt: null, startedAt: null })
      if (isSuspect) isSuspectLive = true
    }
    executor().run(workerId, claimed.map(assignmentOf))
  }

  function giveBack(workerId: string, claimed: readonly ClaimedTask[]): void {
    const end = { kind: 'lost', error: LET_GO, blame: 'innocent' } as const
    writes.report({
      ...emptyReport(workerId),
      ended: claimed.map((task) => toEnded(leaseOf(task), null, end)),
    })
  }

  function toEnded(lease: Lease, startedAt: EpochMs | null, end: AttemptEnd): AttemptEnded {
    return { lease, startedAt, at: clock.now(), end }
  }

  /** Only with nothing else in hand, and nothing else on its way: then a crash has one culprit. */
  async function claimSuspect(): Promise<void> {
    if (isClaimingSuspect || suspects === 0 || live.size > 0) return
    isClaimingSuspect = true
    await withdrawAll()
    let isInVain = false
    for (const pool of [...pools.values()].filter(mayClaim)) {
      if (live.size > 0) break
      const claimed = await writes.track(store.run('claimSuspect', { workerId: pool.id, now: clock.now() }))
      isInVain = claimed === undefined || claimed.length === 0
      if (claimed !== undefined) accept(pool.id, claimed)
    }
    isClaimingSuspect = false
    if (isInVain && live.size === 0 && suspects > 0) passOverSuspects()
    orderAll()
  }

  /** None could be claimed after all: the others go on, and it is tried again after a while. */
  function passOverSuspects(): void {
    suspects = 0
    isPassingOver = true
    writes.later(() => {
      isPassingOver = false
      goOn()
    })
  }

  function goOn(): void {
    if (suspects > 0) void claimSuspect()
    else orderAll()
  }

  store.onCommit(({ claimed, suspects: waiting }: CommitNotice) => {
    const hadSuspects = suspects > 0
    suspects = isPassingOver ? 0 : waiting
    for (const { workerId, tasks } of claimed) accept(workerId, tasks)
    if (suspects > 0 && !hadSuspects) void withdrawAll()
    if (suspects > 0 && live.size === 0) void claimSuspect()
    if (hadSuspects && suspects === 0) orderAll()
  })

  /** Takes an attempt out of the hands of its pool. */
  function drop({ lease, isSuspect, pool }: LiveAttempt): void {
    live.delete(lease.number)
    pool.held -= 1
    if (isSuspect) isSuspectLive = false
  }

  function toEnd(attempt: LiveAttempt, { startedAt, at, end }: EndedNotice): AttemptEnded {
    const { pool, lease } = attempt
    drop(attempt)
    if (startedAt !== null) pool.prefetch.ran(at - startedAt)
    const ended = { lease, startedAt, at, end }
    countEnd(pool, ended)
    return ended
  }

  /** One of several in a thread tells of its start only with its end. */
  function tellStart(part: ReportPart, { lease, startedAt }: LiveAttempt, at: EpochMs | null): void {
    if (startedAt === null && at !== null) part.started.push({ lease, at })
  }

  function mark(numbers: readonly number[], handedAt: EpochMs | null): void {
    for (const number of numbers) {
      const attempt = live.get(number)
      if (attempt !== undefined) attempt.handedAt = handedAt
    }
  }

  /** Looked at after its order is closed, so that nothing can be on its way to it any more. */
  async function tellWhenEmpty(pool: PoolState): Promise<void> {
    await withdraw(pool, 'closeOrder')
    if (pool.held > 0 || isStopping || !(pool.isDraining || pool.isLeaving)) return
    // One that has drained is told of; it may leave later, and one that has left does so once.
    if (pool.isLeaving ? !pools.has(pool.id) : pool.isEmpty) return
    pool.isEmpty = true
    if (pool.isLeaving) {
      pools.delete(pool.id)
      tellSlots()
    }
    options.onEmpty(pool)
  }

  function settleEmpty(): void {
    for (const pool of pools.values())
      if ((pool.isDraining || pool.isLeaving) && pool.held === 0 && !pool.isEmpty) void tellWhenEmpty(pool)
  }

  /** Ends all that is in hand, in one report a pool. */
  function endAll(endOf: (attempt: LiveAttempt) => AttemptEnd): void {
    const parts = createReportParts()
    for (const attempt of Array.from(live.values())) {
      drop(attempt)
      const startedAt = insideSince(attempt)
      tellStart(parts.of(attempt), attempt, startedAt)
      parts.of(attempt).ended.push(toEnded(attempt.lease, startedAt, endOf(attempt)))
    }
    for (const part of parts.all()) writes.report(part)
  }

  const slots = () => Object.fromEntries([...pools.values()].map(({ id, threads }) => [id, threads]))
  const tellSlots = () => executor().setSlots(slots())

  return {
    live,
    pools,
    slots,
    addPool(pool) {
      pools.set(pool.id, pool)
      tellSlots()
      if (mayClaim(pool)) sendOrder(pool, 0)
      goOn()
    },
    changed(pool) {
      pool.prefetch.resize(pool.threads)
      pool.isEmpty &&= pool.isDraining || pool.isLeaving
      tellSlots()
      if (mayClaim(pool)) {
        // What was ordered may be more than it wants now.
        void withdraw(pool, 'withdrawOrder')
        sendOrder(pool, 0)
        goOn()
      } else if (pool.isDraining || pool.isLeaving) void tellWhenEmpty(pool)
      else void withdraw(pool, 'closeOrder')
    },
    abort(number, why, terminate) {
      const isHere = live.has(number)
      if (isHere) executor().abort(number, why, terminate)
      return isHere
    },
    onReady(handlers) {
      isReady = true
      names = handlers.handlers.map(({ name }) => name)
      tellNames()
      goOn()
    },
    onHandlers(handlers) {
      names = handlers.handlers.map(({ name }) => name)
      tellNames()
    },
    onReport(report) {
      const parts = createReportParts()
      mark(report.recalled, null)
      mark(report.handed, clock.now())
      for (const { number, at } of report.started) {
        const attempt = live.get(number)
        if (attempt === undefined) continue
        tellStart(parts.of(attempt), attempt, at)
        attempt.startedAt = at
      }
      for (const { number, ...entry } of report.progress) {
        const attempt = live.get(number)
        if (attempt !== undefined) parts.of(attempt).progress.push({ lease: attempt.lease, ...entry })
      }
      const logs = report.logs.length > 0 && options.keepsLogs() ? report.logs : []
      for (const { number, ...entry } of logs) {
        const attempt = live.get(number)
        if (attempt !== undefined) parts.of(attempt).logs.push({ lease: attempt.lease, ...entry })
      }
      for (const { number, data } of report.checkpoints) {
        const attempt = live.get(number)
        if (attempt !== undefined) parts.of(attempt).checkpoints.push({ lease: attempt.lease, data })
      }
      for (const notice of report.ended) {
        const attempt = live.get(notice.number)
        if (attempt === undefined) continue
        tellStart(parts.of(attempt), attempt, notice.startedAt)
        parts.of(attempt).ended.push(toEnd(attempt, notice))
      }
      for (const part of parts.all()) writes.report(part)
      if (report.ended.length > 0) {
        goOn()
        settleEmpty()
      }
    },
    onCrash(reason) {
      isReady = false
      for (const pool of pools.values()) void withdraw(pool, 'closeOrder')
      const inside = [...live.values()].filter((attempt) => insideSince(attempt) !== null).length
      const blame = inside === 1 ? 'guilty' : 'suspect'
      endAll((attempt) => ({
        kind: 'lost',
        error: crashError(reason, inside),
        blame: insideSince(attempt) === null ? 'innocent' : blame,
      }))
      settleEmpty()
    },
    async stop() {
      isStopping = true
      endAll(() => ({ kind: 'lost', error: STOPPED, blame: 'innocent' }))
      await writes.stop()
    },
  }

  /** Also when there is no room for more: the store must know who could run what. */
  function tellNames(): void {
    for (const pool of pools.values()) if (mayClaim(pool)) sendOrder(pool, 0)
  }
}
