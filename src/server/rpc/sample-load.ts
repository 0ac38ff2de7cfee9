import type { Logger } from 'pino'
import type { Broker } from '../../shared/domain/broker.ts'
import { isBrokerError } from '../../shared/domain/errors.ts'
import { MAX_PAGE_SIZE } from '../../shared/domain/limits.ts'
import { FINAL_STATES } from '../../shared/domain/state.ts'
import { sampleTask, SAMPLE_QUEUE } from './sample-task.ts'
import type { Timers } from './timers.ts'

/** Tasks to try the window with: a believable mixture, for about a minute, in a queue of their own. */
export interface SampleLoad {
  /** Starts it, with the first tasks submitted when this resolves; changes nothing while it runs. */
  run(): Promise<{ readonly queue: string; readonly tasks: number }>
  status(): { readonly isRunning: boolean; readonly submitted: number; readonly tasks: number }
  /** Stops it and deletes every task of its queue that is not running; answers how many. */
  clear(): Promise<number>
  /** Submits no more; what is submitted stays. Part of the program's orderly stop. */
  stop(): Promise<void>
}

export interface SampleLoadDependencies {
  readonly broker: Pick<Broker, 'submit' | 'purgeQueue' | 'listTasks' | 'deleteTask'>
  readonly timers: Timers
  /** Returns a number in [0, 1). */
  readonly random: () => number
  readonly logger: Pick<Logger, 'error'>
}

const TASKS = 2000
const TASKS_PER_SUBMIT = 10
/** 200 submits at this pace are a minute. */
const SUBMIT_INTERVAL_MS = 300

export function createSampleLoad({ broker, timers, random, logger }: SampleLoadDependencies): SampleLoad {
  let submitted = 0
  let isRunning = false
  let cancelTimer = () => {}
  let lastSubmit: Promise<void> = Promise.resolve()

  async function submitSome(): Promise<void> {
    const count = Math.min(TASKS_PER_SUBMIT, TASKS - submitted)
    await broker.submit(Array.from({ length: count }, () => sampleTask(random)))
    submitted += count
    if (submitted === TASKS) isRunning = false
    if (isRunning) cancelTimer = timers.after(SUBMIT_INTERVAL_MS, () => void submitInBackground())
  }

  async function submitInBackground(): Promise<void> {
    lastSubmit = submitSome().catch((error: unknown) => {
      isRunning = false
      if (!isBrokerError(error, 'SERVICE_UNAVAILABLE'))
        logger.error({ err: error }, 'the sample load stopped')
    })
    await lastSubmit
  }

  async function run() {
    if (!isRunning) {
      submitted = 0
      isRunning = true
      const first = submitSome()
      lastSubmit = first.catch(() => {
        isRunning = false
      })
      await first
    }
    return { queue: SAMPLE_QUEUE, tasks: TASKS }
  }

  async function stop() {
    isRunning = false
    cancelTimer()
    await lastSubmit
  }

  async function clear() {
    await stop()
    return (await purgeWaiting()) + (await deleteFinished())
  }

  async function purgeWaiting(): Promise<number> {
    try {
      return await broker.purgeQueue(SAMPLE_QUEUE)
    } catch (error) {
      if (isBrokerError(error, 'QUEUE_NOT_FOUND')) return 0
      throw error
    }
  }

  async function deleteFinished(): Promise<number> {
    let deleted = 0
    let cursor: string | undefined
    do {
      const page = await broker.listTasks({
        queue: SAMPLE_QUEUE,
        states: FINAL_STATES,
        limit: MAX_PAGE_SIZE,
        cursor,
      })
      const outcomes = await Promise.all(page.tasks.map(({ id }) => deleteUnlessGone(id)))
      deleted += outcomes.filter(Boolean).length
      cursor = page.next ?? undefined
    } while (cursor !== undefined)
    return deleted
  }

  async function deleteUnlessGone(id: string): Promise<boolean> {
    try {
      await broker.deleteTask(id)
      return true
    } catch (error) {
      if (isBrokerError(error, 'TASK_NOT_FOUND')) return false
      throw error
    }
  }

  return { run, status: () => ({ isRunning, submitted, tasks: TASKS }), clear, stop }
}
