import type { Clock } from '../../../shared/domain/clock.ts'
import { BrokerError } from '../../../shared/domain/errors.ts'
import type { EventType } from '../../../shared/domain/event.ts'
import type { Json } from '../../../shared/domain/json.ts'
import type { Worker } from '../../../shared/domain/worker.ts'
import type { LocalPool } from '../../../shared/domain/worker-port.ts'
import type { Dispatcher } from '../dispatch/dispatcher.ts'
import { createPoolState, type PoolState } from '../dispatch/pool-state.ts'
import { toWorkerStatus } from './worker-status.ts'

/** Puts down what happened to a worker. Resolved means durable. */
export type Announce = (
  type: EventType,
  workerId: string,
  data: Readonly<Record<string, Json>>,
) => Promise<void>

export interface LocalWorkersOptions {
  readonly dispatcher: Dispatcher
  readonly clock: Clock
  readonly hostname: string
  readonly executor: () => { readonly pid: number | null; readonly isReady: boolean }
  readonly announce: Announce
  /** Numbers that a worker of this id always has. */
  readonly numbersOf: (ids: readonly string[]) => Promise<readonly number[]>
}

/** The pools of the executor, as the workers that every face lists. Counts are since they were made. */
export interface LocalWorkers {
  list(): readonly Worker[]
  find(id: string): Worker | null
  findByNumber(number: number): Worker | null
  /** The executor is there (again), or gone. */
  onReady(): Promise<void>
  onGone(reason: string): Promise<void>
  onEmpty(pool: PoolState): Promise<void>
  add(pool: LocalPool): Promise<Worker>
  setPaused(id: string, isPaused: boolean): Promise<void>
  drain(id: string): Promise<void>
  resize(id: string, threads: number): void
  setDeclaredStatus(id: string, status: string): void
  remove(id: string): Promise<void>
}

export const poolWorkerId = (name: string, hostname: string) => `${name}-${hostname}`.slice(0, 128)

export async function openLocalWorkers(options: LocalWorkersOptions): Promise<LocalWorkers> {
  const { dispatcher, clock, hostname, executor, announce } = options
  const configured = [...dispatcher.pools.keys()]
  const numbers = new Map(
    (await options.numbersOf(configured)).map((number, index) => [configured[index]!, number]),
  )

  function describe(pool: PoolState): Worker {
    const running = [...dispatcher.live.values()].flatMap(({ lease, startedAt, pool: of }) =>
      of !== pool || startedAt === null
        ? []
        : [{ taskId: lease.id, name: lease.name, queue: lease.queue, startedAt }],
    )
    const done = pool.succeeded + pool.failed
    return {
      id: pool.id,
      number: numbers.get(pool.id)!,
      kind: 'local',
      hostname,
      pid: executor().pid,
      status: toWorkerStatus({
        isOffline: !executor().isReady || pool.isEmpty,
        isDraining: pool.isDraining || pool.isLeaving,
        isPaused: pool.isPaused,
        declaredStatus: pool.declaredStatus,
        running: running.length,
      }),
      declaredStatus: pool.declaredStatus,
      queues: pool.queues,
      names: null,
      concurrency: pool.threads,
      running,
      succeeded: pool.succeeded,
      failed: pool.failed,
      meanRunMs: done === 0 ? null : pool.runMs / done,
      startedAt: pool.startedAt,
      lastHeartbeatAt: clock.now(),
      updatedAt: pool.updatedAt,
    }
  }

  const all = () => [...dispatcher.pools.values()]
  const present = () => all().filter(({ isEmpty }) => !isEmpty)
  const connected = (pool: PoolState) =>
    announce('worker.connected', pool.id, { hostname, queues: [...(pool.queues ?? [])] })

  /** Only for ids that {@link find} knows. */
  function change(id: string, act: (pool: PoolState) => void): PoolState {
    const pool = dispatcher.pools.get(id)!
    act(pool)
    pool.updatedAt = clock.now()
    dispatcher.changed(pool)
    return pool
  }

  return {
    list: () => all().map(describe),
    find(id) {
      const pool = dispatcher.pools.get(id)
      return pool === undefined ? null : describe(pool)
    },
    findByNumber(number) {
      const pool = all().find(({ id }) => numbers.get(id) === number)
      return pool === undefined ? null : describe(pool)
    },
    async onReady() {
      await Promise.all(present().map(connected))
    },
    async onGone(reason) {
      await Promise.all(present().map(({ id }) => announce('worker.disconnected', id, { reason })))
    },
    onEmpty: ({ id, isLeaving }) =>
      announce('worker.disconnected', id, { reason: isLeaving ? 'removed' : 'drained' }),

    async add({ name, queues, threads }) {
      const id = poolWorkerId(name, hostname)
      const taken = () =>
        new BrokerError(
          'INVALID_REQUEST',
          `There is a pool named '${name}' already; name this one differently.`,
          {
            path: 'name',
          },
        )
      if (dispatcher.pools.has(id)) throw taken()
      const [number] = await options.numbersOf([id])
      // Somebody else may have been quicker meanwhile.
      if (dispatcher.pools.has(id)) throw taken()
      numbers.set(id, number!)
      const pool = createPoolState({ id, name, queues, threads, now: clock.now() })
      dispatcher.addPool(pool)
      if (executor().isReady) await connected(pool)
      return describe(pool)
    },
    async setPaused(id, isPaused) {
      const pool = dispatcher.pools.get(id)!
      const isStopped = pool.isPaused || pool.isDraining
      if (isPaused ? pool.isPaused : !isStopped) return
      const wasGone = pool.isEmpty
      change(id, () => {
        pool.isPaused = isPaused
        if (!isPaused) pool.isDraining = false
      })
      await announce(isPaused ? 'worker.paused' : 'worker.resumed', id, {})
      if (wasGone && !pool.isEmpty) await connected(pool)
    },
    async drain(id) {
      const pool = dispatcher.pools.get(id)!
      if (pool.isDraining) return
      pool.isDraining = true
      await announce('worker.draining', id, {})
      change(id, () => {})
    },
    resize(id, threads) {
      change(id, (pool) => {
        pool.threads = threads
      })
    },
    setDeclaredStatus(id, status) {
      change(id, (pool) => {
        pool.declaredStatus = status
      })
    },
    async remove(id) {
      const pool = dispatcher.pools.get(id)!
      if (pool.isLeaving) return
      pool.isLeaving = true
      if (!pool.isDraining) await announce('worker.draining', id, {})
      change(id, () => {})
    },
  }
}
