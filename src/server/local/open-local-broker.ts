import { mkdir } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import type { Broker, BrokerHealth } from '../../shared/domain/broker.ts'
import { EVERYTHING } from '../../shared/domain/capabilities.ts'
import type { Clock } from '../../shared/domain/clock.ts'
import type { Queue } from '../../shared/domain/queue.ts'
import type { LoadedHandlers } from '../../shared/domain/worker.ts'
import type { LocalPool } from '../../shared/domain/worker-port.ts'
import type { ResiliencePort } from '../../shared/domain/resilience.ts'
import { findStrategy } from '../../shared/domain/degradation.ts'
import { checkQueueSettings } from '../../shared/domain/queue-settings.ts'
import { openAlerts } from './alerts/create-alerts.ts'
import { createBulk } from './bulk/create-bulk.ts'
import { addHandlerDefaults, type TaskWithDefaults } from './add-handler-defaults.ts'
import { checkQueueName, checkSubmit } from './check-submit.ts'
import { createDispatcher, type Dispatcher } from './dispatch/dispatcher.ts'
import { createDueTimer } from './dispatch/due-timer.ts'
import { createPoolState } from './dispatch/pool-state.ts'
import type { EngineEntries } from './engine-entries.ts'
import { createEventHub } from './event-hub.ts'
import type { StartExecutor } from './executor/executor-host.ts'
import { superviseExecutor } from './executor/supervise-executor.ts'
import { purgeQueue } from './maintenance/purge-queue.ts'
import { retainFinished } from './maintenance/retention.ts'
import { rollUp } from './maintenance/roll-up.ts'
import { createTicker } from './maintenance/ticker.ts'
import { checkComponents } from './resilience/component-health.ts'
import { openDegradationBook } from './resilience/degradation-book.ts'
import { withResilience } from './resilience/with-resilience.ts'
import { createSchedules } from './schedules/create-schedules.ts'
import { createFillSearch } from './search/fill-search.ts'
import { createScheduleRunner } from './schedules/schedule-runner.ts'
import type { StoreQueue } from './store/numbers.ts'
import { describeDamagedFiles, describeSetAside } from './store/set-aside.ts'
import { openStore } from './store/store-client.ts'
import { createSubtasks } from './subtasks/create-subtasks.ts'
import { createTrends } from './trends/create-trends.ts'
import { poolWorkerId } from './workers/local-workers.ts'
import { openWorkers } from './workers/open-workers.ts'
import { createWorkflows } from './workflows/create-workflows.ts'

export interface LocalBrokerOptions {
  readonly dataFolder: string
  readonly tasksFolder: string
  /** Threads of the one pool there is unless {@link pools} says otherwise, ≥ 1. */
  readonly threads: number
  /** Local workers, each with its own threads and queues. */
  readonly pools?: readonly LocalPool[] | undefined
  readonly clock: Clock
  readonly startExecutor: StartExecutor
  /** Files of the processes and threads, as built. */
  readonly entries: EngineEntries
  /**
   * How long after an unclean end the whole database is looked at, beside the work; default 5 s. It
   * reads everything, and starting comes first.
   */
  readonly checkDatabaseAfterMs?: number | undefined
  /** Failures that no caller is told of: a crash of the executor, a write that could not be done. */
  readonly onProblem: (message: string, error?: unknown) => void
  /** Told before it resolves, when the database was damaged and an empty one was begun. */
  readonly onSetAside?: ((message: string) => void) | undefined
}

/** The broker of this computer. */
export interface LocalBroker extends Broker {
  /** Looks at once for what is due: the wall clock has gone on without the timers, as while the computer slept. */
  lookAgain(): void
  /** Pauses every queue, and those that begin until all are resumed; or resumes all. @returns how many changed */
  setAllPaused(isPaused: boolean): Promise<number>
}

/** Name of the pool when none is configured. */
const DEFAULT_POOL = 'local'
const CHECK_AFTER_MS = 5000
const RETENTION_INTERVAL_MS = 30_000
const DEGRADATION_INTERVAL_MS = 10_000
const SEARCH_INTERVAL_MS = 250
const ROLLUP_INTERVAL_MS = 60_000

/**
 * Opens the broker on a data folder: the store on its threads, the executor in its process, the
 * dispatcher between them. Resolves when the store is open and recovered; the executor follows.
 * A damaged database is moved aside, and told of with `onSetAside`.
 * @throws Error named FolderInUseError, UnusableDatabaseError, NewerDatabaseError, ForeignDatabaseError.
 */
export async function openLocalBroker(options: LocalBrokerOptions): Promise<LocalBroker> {
  const { clock, entries, onProblem } = options
  const { pools = [{ name: DEFAULT_POOL, queues: null, threads: options.threads }] } = options
  // Inputs and results are nobody else's business on this machine.
  await mkdir(options.dataFolder, { recursive: true, mode: 0o700 })
  const startedAt = clock.now()
  const store = await openStore({
    threadFile: entries.storeThread,
    folder: options.dataFolder,
    file: join(options.dataFolder, 'penstock.db'),
    clock,
  })
  const { setAside, damagedFiles, wasUnclean } = store.opened
  if (setAside !== null) options.onSetAside?.(describeSetAside(setAside))
  await store.run('recover', { now: clock.now() })

  let handlers: LoadedHandlers = { handlers: [], problems: [] }
  const withHandlerDefaults = <Task extends TaskWithDefaults>(task: Task) =>
    addHandlerDefaults(task, handlers)
  const tellProblems = ({ problems }: LoadedHandlers) => {
    if (isClosed) return
    for (const { file, message } of problems) onProblem(`Task file ${file}: ${message}`)
  }
  let storeFailure: string | null = null
  let crash: string | null = null
  let isClosed = false
  let stopTicker = () => {}
  store.onFailure((reason) => {
    storeFailure = reason
    onProblem(reason)
    // Each of its jobs would fail again and again.
    stopTicker()
  })

  const { lastSeq } = await store.numbers('overview', { now: clock.now() })
  const hub = createEventHub({
    lastSeq,
    readStored: (after, limit) => store.read('events', { after, limit }),
  })
  const dueTimer = createDueTimer(clock, () => {
    store
      .run('makeDue', { now: clock.now() })
      .catch((error: unknown) => onProblem('Due tasks could not be moved', error))
  })
  store.onCommit(({ events, nextDueAt }) => {
    if (events !== null) hub.publish(events)
    if (!isClosed) dueTimer.expect(nextDueAt)
  })

  const degradations = await openDegradationBook({ store, clock })
  const dispatcher: Dispatcher = createDispatcher({
    store,
    executor: () => executor,
    clock,
    pools: pools.map((pool) =>
      createPoolState({ ...pool, id: poolWorkerId(pool.name, hostname()), now: startedAt }),
    ),
    keepsLogs: () => findStrategy(degradations.standing(), 'skip_enrichment', clock.now()) === null,
    onEmpty: (pool) => void workers.local.onEmpty(pool),
    onError: (error) => onProblem('A report of the executor could not be written', error),
  })
  const workers = await openWorkers({
    store,
    clock,
    dispatcher,
    executor: () => executor,
    hostname: hostname(),
    onProblem,
  })
  const submitSubtask = createSubtasks({
    store,
    clock,
    withHandlerDefaults,
    findLease: (number) => dispatcher.live.get(number),
    onProblem,
  })
  const executor = superviseExecutor({
    start: options.startExecutor,
    entryFile: entries.executorProcess,
    settings: () => ({
      tasksFolder: options.tasksFolder,
      cacheFolder: join(options.dataFolder, 'cache', 'tasks'),
      slots: dispatcher.slots(),
      threadFile: entries.executorThread,
      builtInFile: entries.builtInTasks,
      taskApiFile: entries.taskApi,
    }),
    listeners: {
      onReady(list) {
        handlers = list
        crash = null
        tellProblems(list)
        dispatcher.onReady(list)
        void workers.local.onReady()
      },
      onHandlers(list) {
        handlers = list
        tellProblems(list)
        dispatcher.onHandlers(list)
      },
      onReport: (report) => dispatcher.onReport(report),
      onSubtask: submitSubtask,
      onCrash(reason) {
        crash = reason
        onProblem(`The executor process ${reason}; starting it again`)
        dispatcher.onCrash(reason)
        void workers.local.onGone(reason)
      },
    },
  })
  const hasActiveWorker = () => {
    const { active, idle } = workers.count().workers
    return active + idle > 0
  }
  const alerts = await openAlerts({ store, clock, hasActiveWorker, silences: workers.silences })
  const ticker = createTicker(
    (name, error) => onProblem(`The job '${name}' failed`, error),
    () => performance.now(),
  )
  stopTicker = () => void ticker.stop()
  ticker.every(RETENTION_INTERVAL_MS, 'retention', () => retainFinished(store, clock))
  ticker.every(ROLLUP_INTERVAL_MS, 'rollup', () => rollUp(store, clock))
  ticker.every(ROLLUP_INTERVAL_MS / 4, 'samples', () => store.run('sampleWaiting', { now: clock.now() }))
  const fillSearch = createFillSearch(store)
  ticker.every(SEARCH_INTERVAL_MS, 'search', () => fillSearch.run())
  workers.watch(ticker)
  alerts.watch(ticker)
  ticker.every(DEGRADATION_INTERVAL_MS, 'degradations', degradations.tidy)
  // Whatever became due while Penstock was stopped.
  await store.run('makeDue', { now: clock.now() })
  const schedules = createScheduleRunner({ store, clock, withHandlerDefaults, onProblem })
  await schedules.start()

  await store.run('stopBulks', { now: clock.now() })
  const bulk = createBulk({
    store,
    clock,
    stopAttempt: async ({ id, number }, { why, terminate }) =>
      why === 'pause' ? dispatcher.abort(number, 'pause', true) : stopAttempt(id, number, terminate),
    onProblem,
  })

  const withConsumers = (queues: readonly StoreQueue[]): readonly Queue[] => {
    const consumersOf = workers.consumers()
    return queues.map((queue) => ({ ...queue, consumers: consumersOf(queue.name) }))
  }
  const findQueue = async (name: string): Promise<Queue> => {
    const queue = await store.numbers('queue', { name, now: clock.now() })
    return { ...queue, consumers: workers.consumers()(name) }
  }

  const storeNotice = describeDamagedFiles(damagedFiles)

  function toHealth(): BrokerHealth {
    const components = [
      { name: 'store', isHealthy: storeFailure === null, detail: storeFailure ?? storeNotice },
      {
        name: 'executor',
        isHealthy: executor.isReady,
        detail: executor.isReady ? null : (crash ?? 'starting'),
      },
      { name: 'dispatcher', isHealthy: true, detail: null },
    ] as const
    const isDegraded = setAside !== null || (!executor.isReady && crash !== null)
    const status = storeFailure !== null ? 'unhealthy' : isDegraded ? 'degraded' : 'healthy'
    return { status, startedAt, components }
  }

  /** @returns whether the task's state is another one now. */
  async function stopAttempt(taskId: string, number: number, terminate: boolean): Promise<boolean> {
    if (dispatcher.abort(number, 'cancel', terminate) || !terminate) return false
    await workers.terminate(taskId)
    return true
  }

  const check = wasUnclean
    ? setTimeout(() => {
        store.checkAll().catch((error: unknown) => onProblem('The database could not be checked', error))
      }, options.checkDatabaseAfterMs ?? CHECK_AFTER_MS)
    : undefined

  const broker: Omit<Broker, keyof ResiliencePort> = {
    ...EVERYTHING,
    async health() {
      return toHealth()
    },
    async overview() {
      return { ...(await store.numbers('overview', { now: clock.now() })), ...workers.count() }
    },

    async submit(tasks) {
      const path = (index: number) => (tasks.length === 1 ? '' : `tasks[${index}]`)
      for (const [index, task] of tasks.entries()) checkSubmit(task, path(index))
      return store.run('submit', { tasks: tasks.map(withHandlerDefaults), now: clock.now() })
    },
    getTask: (id) => store.read('task', { id }),
    getTaskByNumber: (number) => store.read('taskByNumber', { number }),
    listTasks: (query) => store.read('listTasks', query),
    listFullTasks: (query) => store.read('listFullTasks', query),
    countTasks: (query) => store.read('countTasks', query),
    async cancel(id, { terminate }) {
      const { task, running } = await store.run('cancel', { id, now: clock.now() })
      if (running === null || !(await stopAttempt(id, running.number, terminate))) return task
      return store.read('task', { id })
    },
    async pauseTask(id) {
      const { task, running } = await store.run('pauseTask', { id, now: clock.now() })
      if (running !== null) dispatcher.abort(running.number, 'pause', true)
      return task
    },
    resumeTask: (id) => store.run('resumeTask', { id, now: clock.now() }),
    async updateTask(id, changes) {
      checkSubmit(changes, '')
      return store.run('updateTask', { id, changes, now: clock.now() })
    },
    async replay(id, changes) {
      checkSubmit(changes, '')
      return store.run('replay', { id, changes, now: clock.now() })
    },
    deleteTask: (id) => store.run('deleteTask', { id, now: clock.now() }),
    attempts: (id) => store.read('attempts', { id }),
    progressHistory: (id, { fromId, limit }) =>
      store.read('progressHistory', { id, limit, ...(fromId === undefined ? {} : { fromId }) }),
    logs: (id) => store.read('logs', { id }),

    async listQueues() {
      return withConsumers(await store.numbers('queues', { now: clock.now() }))
    },
    getQueue: findQueue,
    async setQueuePaused(queue, isPaused) {
      await store.run('setQueuePaused', { queue, isPaused, now: clock.now() })
      return findQueue(queue)
    },
    async updateQueue(name, changes) {
      checkQueueName(name)
      checkQueueSettings(changes)
      await store.run('updateQueue', { queue: name, changes, now: clock.now() })
      return findQueue(name)
    },
    purgeQueue: (queue) => purgeQueue(store, clock, queue),
    async stats({ queue, period }) {
      const now = clock.now()
      if (queue === undefined) return store.read('stats', { period, now })
      await store.numbers('queue', { name: queue, now })
      return store.read('stats', { queue, period, now })
    },
    trends: createTrends({ store, clock }),
    taskTotals: () => store.numbers('taskTotals', undefined),

    reprocessDeadLetters: (queue, selection) =>
      store.run('reprocess', { queue, selection, now: clock.now() }),
    purgeDeadLetters: (queue, selection) => store.run('purgeDead', { queue, selection, now: clock.now() }),
    failureGroups: (request) => store.read('failureGroups', request),

    subtasks: (id, page) => store.read('subtasks', { id, ...page }),
    ...createWorkflows({ store, clock, withHandlerDefaults, stopAttempt }),
    ...createSchedules({ store, clock, withHandlerDefaults, runner: schedules }),

    ...alerts.port,
    ...bulk.port,
    ...workers.port,
    checkInput: (name, input) => executor.check({ name, ...input }),
    async handlers() {
      return workers.handlers(handlers)
    },

    subscribe: (request) => hub.subscribe(request),

    async [Symbol.asyncDispose]() {
      if (isClosed) return
      isClosed = true
      clearTimeout(check)
      dueTimer.stop()
      await schedules.stop()
      await bulk.stop()
      fillSearch.stop()
      await ticker.stop()
      await executor.stop()
      await dispatcher.stop()
      await workers.local.onGone('shutdown')
      hub.close()
      await store.close()
    },
  }

  const resilient = withResilience(broker, {
    clock,
    book: degradations,
    throughputPerSecond: async () => (await broker.overview()).throughputPerSecond,
    checkComponents: () =>
      checkComponents({
        store,
        storeFailure: () => storeFailure,
        storeNotice,
        publishedSeq: () => hub.lastSeq,
        hasActiveWorker,
        executorTrouble: () => (executor.isReady ? null : (crash ?? 'starting')),
        troubledJobs: ticker.troubled,
      }),
  })
  return {
    ...resilient,
    lookAgain() {
      if (isClosed) return
      dueTimer.look()
      schedules.wake()
    },
    setAllPaused: (isPaused) => store.run('setAllPaused', { isPaused, now: clock.now() }),
  }
}
