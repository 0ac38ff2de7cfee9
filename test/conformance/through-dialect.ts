import { UNTOLD_ERROR_TYPE } from '../../src/server/attach/blank-task.ts'
import { type BrokerMethod, BROKER_METHODS, lackOf } from '../../src/server/attach/lack-of.ts'
import { statesLike } from '../../src/server/attach/told-states.ts'
import type { Broker, EventSubscription, TaskPage } from '../../src/shared/domain/broker.ts'
import { type Coverage, reasonOf } from '../../src/shared/domain/capabilities.ts'
import type { BrokerEvent } from '../../src/shared/domain/event.ts'
import type { Overview } from '../../src/shared/domain/overview.ts'
import type { Queue } from '../../src/shared/domain/queue.ts'
import type { Task, TaskReceipt } from '../../src/shared/domain/task.ts'
import type { Worker } from '../../src/shared/domain/worker.ts'

/** Between a dialect's ids and those of the local broker behind it. */
export interface OwnIds {
  readonly toLocalTask: (id: string) => Promise<string>
  readonly toLocalWorker: (id: string) => Promise<string>
  /** The dialect's id of a task of the local broker. */
  readonly ofTask: (task: Pick<Task, 'id' | 'number'>) => string
}

const SAME_IDS: OwnIds = {
  toLocalTask: async (id) => id,
  toLocalWorker: async (id) => id,
  ofTask: ({ id }) => id,
}

interface ThroughDialect {
  readonly attached: Broker
  readonly local: Broker
  readonly ownIds: OwnIds | undefined
  /** Whether the dialect's own rules let a call pass that its capabilities would; by default all do. */
  readonly mayPass: (method: BrokerMethod, parameters: readonly unknown[]) => Promise<boolean>
  /** Told of every call that went through the dialect. */
  readonly onCall: (method: BrokerMethod) => void
}

/** A task that changes faster than it can be asked for is taken as it is. */
const MOST_TRIES = 20

type Answer = Promise<unknown>
type Call = (...parameters: unknown[]) => Answer

/**
 * A broker for the suite: what the attached system can do goes through it, everything else straight to the
 * local broker behind it, and so do the fields that it does not tell. So each case holds the dialect to all
 * that it says it can do, and to nothing else.
 */
export function throughDialect({
  attached,
  local,
  ownIds = SAME_IDS,
  mayPass,
  onCall,
}: ThroughDialect): Broker {
  const known = { capabilities: attached.capabilities, coverage: attached.coverage }
  const complete = completer({ local, coverage: attached.coverage, ownIds })
  /** Asked again when the task changed meanwhile: what is told and what is filled in are of one moment. */
  async function whileItStands(id: string, ask: () => Answer): Answer {
    for (let tries = 1; ; tries += 1) {
      const before = await stateOf(id)
      const answer = await ask()
      if (tries >= MOST_TRIES || before === (await stateOf(id))) return answer
    }
  }
  const stateOf = async (id: string) => {
    const task = await ownIds
      .toLocalTask(id)
      .then((mine) => local.getTask(mine))
      .catch(() => null)
    return JSON.stringify(task)
  }
  let isOpening = false
  /** What goes past the dialect does not overtake a stream that is being opened, as its own calls do not. */
  async function afterOpening(): Promise<void> {
    if (isOpening) await attached.health()
    isOpening = false
  }
  const calls = Object.fromEntries(
    BROKER_METHODS.map((method) => {
      const call: Call = async (...parameters) => {
        if (lackOf(method, parameters as never, known) === null && (await mayPass(method, parameters))) {
          onCall(method)
          const ask = () => (attached[method] as Call)(...parameters)
          const answer =
            method === 'getTask' ? await whileItStands(parameters[0] as string, ask) : await ask()
          return complete(method, answer)
        }
        await afterOpening()
        const [first, ...rest] = parameters
        const mine = TASK_METHODS.has(method)
          ? [await ownIds.toLocalTask(first as string), ...rest]
          : parameters
        return withOwnIds(method, await (local[method] as Call)(...mine), ownIds)
      }
      return [method, call]
    }),
  ) as Pick<Broker, BrokerMethod>
  const hasEvents = reasonOf(attached.capabilities.events) === null
  return {
    ...calls,
    capabilities: attached.capabilities,
    coverage: attached.coverage,
    originOf: (answer) => local.originOf(answer),
    subscribe(options) {
      if (hasEvents) {
        isOpening = true
        return attached.subscribe(options)
      }
      return ownIds === SAME_IDS ? local.subscribe(options) : subscribeByOwnIds(local, ownIds, options)
    },
    [Symbol.asyncDispose]: () => attached[Symbol.asyncDispose](),
  }
}

/** Calls whose first parameter is the id of a task. */
const TASK_METHODS: ReadonlySet<BrokerMethod> = new Set<BrokerMethod>([
  'getTask',
  'cancel',
  'replay',
  'deleteTask',
  'pauseTask',
  'resumeTask',
  'updateTask',
  'subtasks',
  'attempts',
  'progressHistory',
  'logs',
])

/** Calls that answer a task, tasks, or a page of them. */
const ONE_TASK: ReadonlySet<BrokerMethod> = new Set<BrokerMethod>([
  'getTask',
  'getTaskByNumber',
  'cancel',
  'pauseTask',
  'resumeTask',
  'updateTask',
  'replay',
])
const TASKS: ReadonlySet<BrokerMethod> = new Set<BrokerMethod>(['submit', 'reprocessDeadLetters'])
const TASK_PAGES: ReadonlySet<BrokerMethod> = new Set<BrokerMethod>(['listTasks', 'listFullTasks'])

/** What the local broker answers, with the ids that the dialect would give. */
function withOwnIds(method: BrokerMethod, answer: unknown, { ofTask }: OwnIds): unknown {
  if (ofTask === SAME_IDS.ofTask) return answer
  const renamed = (task: Task): Task => ({ ...task, id: ofTask(task) })
  if (ONE_TASK.has(method)) return renamed(answer as Task)
  if (TASKS.has(method)) return (answer as readonly Task[]).map(renamed)
  if (!TASK_PAGES.has(method)) return answer
  const page = answer as TaskPage<Task>
  return { ...page, tasks: page.tasks.map(renamed) }
}

/** Events of all tasks, those that are asked for among them, with the ids that the dialect would give. */
function subscribeByOwnIds(
  local: Broker,
  { ofTask }: OwnIds,
  { filter, ...options }: Parameters<Broker['subscribe']>[0],
): EventSubscription {
  const { taskIds: _all, ...rest } = filter ?? {}
  const subscription = local.subscribe({ ...options, filter: rest })
  const renamed = async (event: BrokerEvent): Promise<BrokerEvent> => {
    const task = event.taskId == null ? null : await local.getTask(event.taskId).catch(() => null)
    return task === null ? event : { ...event, taskId: ofTask(task) }
  }
  return {
    close: () => subscription.close(),
    async *[Symbol.asyncIterator]() {
      for await (const { events, ...batch } of subscription)
        yield { ...batch, events: await Promise.all(events.map(renamed)) }
    },
  }
}

/** Puts what the dialect does not tell into its answers, from the local broker. */
function completer({
  local,
  coverage: { stateGroups, untold },
  ownIds,
}: Pick<ThroughDialect, 'local'> & { readonly coverage: Coverage; readonly ownIds: OwnIds }) {
  async function task<Item extends Pick<Task, 'id' | 'state'>>(
    told: Item,
    fields: readonly (keyof Task)[] = untold.task,
  ): Promise<Item> {
    const mine = await local.getTask(await ownIds.toLocalTask(told.id)).catch(() => null)
    if (mine === null) return told
    const worker = Object.hasOwn(told, 'workerId') ? await workerIdOf(told as Item & Task) : {}
    const state = statesLike(told.state, stateGroups).includes(mine.state) ? mine.state : told.state
    // When it runs belongs to its state: one that waits for its retry reads as one that is due.
    const time = state !== told.state && Object.hasOwn(told, 'runAt') ? { runAt: mine.runAt } : {}
    const parts = Object.hasOwn(told, 'error') ? partsOf(told as Item & Task, mine) : {}
    return fill({ ...told, ...parts, ...worker, ...time, state }, mine, fields)
  }
  const workerIdOf = async ({ workerId }: Pick<Task, 'workerId'>) => ({
    workerId: workerId === null ? null : await ownIds.toLocalWorker(workerId),
  })
  const each = async <Item extends Pick<Task, 'id' | 'state'>>(items: readonly Item[]) =>
    Promise.all(items.map((item) => task(item)))
  const queueNames = async () => (await local.listQueues()).map(({ name }) => name).join()
  const figures = createFigures({ stateGroups, untold })
  async function queue(told: Queue) {
    const mine = await local.getQueue(told.name)
    return fill({ ...told, ...figures(told, mine) }, mine, untold.queue)
  }
  async function overview(told: Overview) {
    const mine = await local.overview()
    return fill({ ...told, ...figures(told, mine) }, mine, untold.overview)
  }
  const runningOf = async (running: Worker['running']) =>
    Promise.all(
      running.map(async (each) => ({ ...each, taskId: ownIds.ofTask(await local.getTask(each.taskId)) })),
    )
  async function worker(told: Worker) {
    const mine = await local.getWorker(await ownIds.toLocalWorker(told.id))
    const running = ownIds === SAME_IDS ? mine.running : await runningOf(mine.running)
    // Every queue there is, for a dialect that has no word for all of them.
    const takesAll = mine.queues === null && told.queues?.join() === (await queueNames())
    return fill({ ...told, queues: takesAll ? null : told.queues }, { ...mine, running }, untold.worker)
  }
  const page = async (told: TaskPage) => ({
    ...told,
    tasks: await Promise.all(told.tasks.map((item) => task(item, [...untold.task, ...untold.summary]))),
  })
  const byMethod: Partial<Record<BrokerMethod, (answer: never) => Answer>> = {
    getTask: (told: Task) => task(told),
    getTaskByNumber: (told: Task) => task(told),
    cancel: (told: Task) => task(told),
    pauseTask: (told: Task) => task(told),
    resumeTask: (told: Task) => task(told),
    updateTask: (told: Task) => task(told),
    replay: (told: TaskReceipt) => task(told),
    submit: each,
    reprocessDeadLetters: each,
    listTasks: page,
    listFullTasks: async (told: TaskPage<Task>) => ({ ...told, tasks: await each(told.tasks) }),
    getQueue: queue,
    setQueuePaused: queue,
    updateQueue: queue,
    listQueues: (queues: readonly Queue[]) => Promise.all(queues.map(queue)),
    getWorker: worker,
    setWorkerPaused: worker,
    drainWorker: worker,
    resizeWorker: worker,
    listWorkers: (workers: readonly Worker[]) => Promise.all(workers.map(worker)),
    overview,
  }
  return async (method: BrokerMethod, answer: unknown): Answer =>
    byMethod[method]?.(answer as never) ?? answer
}

/**
 * What a dialect tells of how many and how often, and the rest of the same figures: states that read alike are
 * told together, and so is what happened to tasks that read alike.
 */
function createFigures({ stateGroups, untold }: Pick<Coverage, 'stateGroups' | 'untold'>) {
  const failures = ['failed', 'timedOut'] as const
  return (told: Pick<Queue, 'counts' | 'totals'>, mine: Pick<Queue, 'counts' | 'totals'>) => ({
    counts: mergeGroups(told.counts, mine.counts, stateGroups, untold.counts),
    totals: mergeGroups(
      told.totals,
      mine.totals,
      statesLike('failed', stateGroups).includes('timed_out') ? [failures] : [],
      untold.totals,
    ),
  })
}

/** `told` where a group comes to another sum than in `mine`, so that the difference is seen. */
function mergeGroups<Key extends string>(
  told: Readonly<Record<Key, number>>,
  mine: Readonly<Record<Key, number>>,
  groups: readonly (readonly Key[])[],
  untold: readonly Key[],
): Readonly<Record<Key, number>> {
  const merged: Record<Key, number> = { ...told }
  for (const key of untold) merged[key] = mine[key]
  for (const group of groups) {
    const known = group.filter((key) => !untold.includes(key))
    const sum = (of: Readonly<Record<Key, number>>) => known.reduce((total, key) => total + of[key], 0)
    if (sum(told) === sum(mine)) for (const key of known) merged[key] = mine[key]
  }
  return merged
}

/** What a dialect tells of progress and error, and the rest of the same progress and error. */
function partsOf(told: Task, mine: Task): Pick<Task, 'progress' | 'error'> {
  const isSameProgress = told.progress?.fraction === mine.progress?.fraction
  // Some wires say 1 of whatever has succeeded.
  const isOnlySaid = mine.progress === null && told.state === 'succeeded' && told.progress?.fraction === 1
  const isSameError = told.error?.message === mine.error?.message
  return {
    progress: isOnlySaid ? null : isSameProgress ? mergeTold(told.progress, mine.progress) : told.progress,
    error: isSameError ? mergeTold(told.error, mine.error) : told.error,
  }
}

/** Null stands for what is not told, and so does the type of an error whose dialect has no types. */
function mergeTold<Value extends object>(told: Value | null, mine: Value | null): Value | null {
  if (told === null || mine === null) return told
  const isTold = ([field, value]: [string, unknown]) =>
    value !== null && field !== 'at' && !(field === 'type' && value === UNTOLD_ERROR_TYPE)
  return { ...mine, ...Object.fromEntries(Object.entries(told).filter(isTold)) }
}

/** `told`, with what is untold as in `mine`; what `told` does not have it does not get. */
function fill<Value extends object>(told: Value, mine: object, fields: readonly string[]): Value {
  const filled = Object.fromEntries(
    Object.entries(mine).filter(([field]) => fields.includes(field) && Object.hasOwn(told, field)),
  )
  return { ...told, ...filled }
}
