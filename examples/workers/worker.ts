/**
 * A worker for Penstock in TypeScript, without any package (docs/workers.md). Node 24 runs it as it is:
 *
 *     node examples/workers/worker.ts
 *
 * Its tasks are the functions in TASKS. PENSTOCK_ADDRESS says where the broker's port 8000 is,
 * PENSTOCK_API_KEY its key, if it has one. Ctrl-C ends it: what it holds is given back.
 */

import { setTimeout as pause } from 'node:timers/promises'

const { PENSTOCK_ADDRESS: address = 'http://127.0.0.1:8000', PENSTOCK_API_KEY: apiKey } = process.env
const LEASE_SECONDS = 30
const WAIT_SECONDS = 15
const RENEW_MS = 1000
/** How many tasks it runs at once. */
const CONCURRENCY = 4

interface Leased {
  readonly id: number
  readonly lease_token: string
  readonly name: string
  readonly payload: Readonly<Record<string, unknown>>
  readonly checkpoint: unknown
}

interface Context {
  /** Fires when somebody cancelled or paused the task, when its lease was lost, and when the worker ends. */
  readonly signal: AbortSignal
  /** What the last attempt saved; null when none did. */
  readonly checkpointed: unknown
  progress(fraction: number, stage?: string, message?: string): Promise<void>
  log(message: string): Promise<void>
  checkpoint(data: unknown): Promise<void>
}

type Run = (payload: Readonly<Record<string, unknown>>, context: Context) => Promise<unknown>

const TASKS: Readonly<Record<string, Run>> = {
  /** Primes up to `payload.limit`. */
  async primes({ limit }, { signal, progress, log }) {
    if (typeof limit !== 'number') throw new TypeError('Give the limit as a number.')
    const found: number[] = []
    for (let n = 2; n <= limit; n += 1) {
      signal.throwIfAborted()
      if (found.every((prime) => n % prime !== 0)) found.push(n)
      if (n % 1000 === 0) await progress(n / limit, 'searching')
    }
    await log(`${found.length} primes`)
    return found
  },
  /** Counts on for ever, from where the last attempt stopped. */
  async count_on(_payload, { signal, checkpointed, checkpoint, progress }) {
    for (let n = Number(checkpointed ?? 0); ; n += 1) {
      await checkpoint(n)
      await progress(0, 'counting', String(n))
      await pause(50, undefined, { signal })
    }
  },
}

/** A refusal of the broker, with its own words. */
class Refusal extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

const stopping = new AbortController()
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stopping.abort())

async function ask<Answer>(
  method: string,
  path: string,
  body?: unknown,
  signal: AbortSignal | null = null,
): Promise<Answer> {
  const response = await fetch(`${address}${path}`, {
    method,
    signal,
    body: body === undefined ? null : JSON.stringify(body),
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(apiKey ? { authorization: `Bearer ${apiKey}` } : {}),
    },
  })
  const text = await response.text()
  if (!response.ok) throw new Refusal(response.status, text)
  return (text === '' ? null : JSON.parse(text)) as Answer
}

async function register(): Promise<number> {
  const { id } = await ask<{ id: number }>('POST', '/api/workers/', {
    name: 'mathematician',
    task_names: Object.keys(TASKS),
    concurrency: CONCURRENCY,
    pid: process.pid,
  })
  process.stdout.write(`worker ${id} is ready\n`)
  return id
}

async function runTask(workerId: number, task: Leased): Promise<void> {
  const aborted = new AbortController()
  const signal = AbortSignal.any([aborted.signal, stopping.signal])
  const say = <Answer>(what: string, more: object = {}) =>
    ask<Answer>('POST', `/api/workers/${workerId}/tasks/${task.id}/${what}`, {
      lease_token: task.lease_token,
      ...more,
    })
  const done = new AbortController()
  const keeping = keepLease(workerId, task, aborted, done.signal)
  try {
    const end = await attempt(task, signal, say)
    done.abort()
    await keeping
    const { status } = await say<{ status: string }>(...end)
    process.stdout.write(`task ${task.id} ${task.name}: ${status}\n`)
  } catch (error) {
    // The lease is lost, or the broker is gone: it gives the task to somebody else.
    process.stdout.write(`task ${task.id} ${task.name}: ${String(error)}\n`)
  } finally {
    done.abort()
  }
}

/** Runs the task's function, and answers what is to be said at its end. */
async function attempt(
  task: Leased,
  signal: AbortSignal,
  say: (what: string, more?: object) => Promise<unknown>,
): Promise<[what: string, more?: object]> {
  const tell = async (what: string, more: object) => void (await say(what, more))
  try {
    await say('start')
    const result = await TASKS[task.name]!(task.payload, {
      signal,
      checkpointed: task.checkpoint,
      progress: (fraction, stage, message) => tell('progress', { fraction, stage, message }),
      log: (message) => tell('log', { lines: [{ message }] }),
      checkpoint: (data) => tell('checkpoint', { data }),
    })
    return ['complete', { result: result ?? null }]
  } catch (error) {
    if (signal.aborted) return ['release']
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error))
    return ['fail', { error: { type: name, message, traceback: stack } }]
  }
}

/** Renews the lease until the task is done. */
async function keepLease(
  workerId: number,
  { id, lease_token }: Leased,
  aborted: AbortController,
  done: AbortSignal,
): Promise<void> {
  while (await passed(RENEW_MS, done)) {
    try {
      const { lost, abort } = await ask<{ lost: number[]; abort: number[] }>(
        'POST',
        `/api/workers/${workerId}/renew`,
        { leases: [{ id, lease_token }], lease_seconds: LEASE_SECONDS },
      )
      if ([...lost, ...abort].includes(id)) aborted.abort()
    } catch {
      // The broker may be back before the lease is over.
    }
  }
}

/** Whether so much time has passed before the signal fired. */
async function passed(ms: number, signal: AbortSignal): Promise<boolean> {
  try {
    await pause(ms, undefined, { signal })
    return true
  } catch {
    return false
  }
}

/** Asks for tasks as long as there is room for them. */
async function work(): Promise<void> {
  let workerId = await register()
  const running = new Set<Promise<void>>()
  while (!stopping.signal.aborted) {
    try {
      const room = CONCURRENCY - running.size
      const body = { limit: room, lease_seconds: LEASE_SECONDS, wait_seconds: WAIT_SECONDS }
      const { tasks } = await ask<{ tasks: Leased[] }>(
        'POST',
        `/api/workers/${workerId}/lease`,
        body,
        stopping.signal,
      )
      for (const task of tasks) {
        const run = runTask(workerId, task).finally(() => running.delete(run))
        running.add(run)
      }
      if (running.size === CONCURRENCY) await Promise.race(running)
    } catch (error) {
      if (stopping.signal.aborted) break
      // It was removed, or away for a week.
      if (error instanceof Refusal && error.status === 404) workerId = await register()
      else if (error instanceof Refusal) throw error
      else {
        process.stderr.write(`the broker does not answer: ${String(error)}\n`)
        await passed(2000, stopping.signal)
      }
    }
  }
  await Promise.all(running)
  await ask('DELETE', `/api/workers/${workerId}`)
}

await work()
