/** Sources of the task file that the load runs. Each run leaves a line: id, attempt, and under which broker. */
export const LOAD_TASKS = `
import { appendFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'

const note = ({ id, attempt }: any) =>
  appendFileSync(process.env.RUNS_FILE!, id + ' ' + attempt + ' ' + process.env.BROKER_ROUND + '\\n')
const soon = (message: string) => Object.assign(new Error(message), { retryAfterMs: 20 })

export function quick({ kwargs }: any, context: any) {
  note(context)
  return kwargs.n * 2
}
export async function slow({ kwargs }: any, context: any) {
  note(context)
  await wait(100, undefined, { signal: context.signal })
  return kwargs.n * 2
}
export function flaky({ kwargs }: any, context: any) {
  note(context)
  if (context.attempt % 3 !== 0) throw soon('not yet')
  return kwargs.n * 2
}
export function doomed(_input: any, context: any) {
  note(context)
  throw soon('never')
}
`

const NAMES = ['quick', 'quick', 'quick', 'slow', 'flaky', 'doomed'] as const
const QUEUES = ['a', 'b', 'c'] as const
const CLIENTS = 6

/** What the clients were promised, and what they do not know. */
export interface Ledger {
  /** Ids of acknowledged submits, by their idempotency key. */
  readonly submitted: Map<string, string>
  /** Submits that got no answer; they may have been done. */
  readonly unsure: Map<string, object>
  /** Tasks whose cancel was acknowledged. */
  readonly cancelled: Set<string>
  lastNumber: number
}

export const emptyLedger = (): Ledger => ({
  submitted: new Map(),
  unsure: new Map(),
  cancelled: new Set(),
  lastNumber: 0,
})

export interface Load {
  /** Resolves after so many more acknowledged operations, or when every client lost its connection. */
  acknowledged(count: number): Promise<void>
  /** Clients finish what they are at, and end. */
  stop(): Promise<void>
}

/**
 * Several clients that submit, cancel and reprocess as fast as they are answered, until they are stopped
 * or their connection is cut. What was unsure before is asked again first, under the same key.
 */
export function startLoad(address: string, ledger: Ledger, random: () => number): Load {
  let isStopped = false
  let done = 0
  let waiting: { readonly at: number; readonly resolve: () => void }[] = []
  const pick = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)]!

  function countOne(): void {
    done += 1
    for (const { at, resolve } of waiting) if (done >= at) resolve()
    waiting = waiting.filter(({ at }) => done < at)
  }

  /** Null when the connection was cut. Throws on an answer that nobody should get. */
  async function post(path: string, body: object, accept: readonly number[], headers = {}) {
    const response = await fetch(`${address}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    }).catch(() => null)
    const text = await response?.text().catch(() => null)
    if (response === null || typeof text !== 'string') return null
    if (!accept.includes(response.status)) throw new Error(`POST ${path}: ${response.status} ${text}`)
    return { status: response.status, body: JSON.parse(text) as Record<string, unknown> }
  }

  async function submit(key: string, task: object): Promise<boolean> {
    ledger.unsure.set(key, task)
    let answer: Awaited<ReturnType<typeof post>>
    // A broker that has just started may not be able to tell yet what there are handlers for, and says so.
    do answer = await post('/api/v1/tasks', task, [201, 503], { 'idempotency-key': key })
    while (answer?.status === 503)
    if (answer === null) return false
    ledger.unsure.delete(key)
    ledger.submitted.set(key, answer.body['task_id'] as string)
    return true
  }

  async function cancel(): Promise<boolean> {
    const ids = [...ledger.submitted.values()]
    // The newest are the ones that may still run.
    const id = ids[ids.length - 1 - Math.floor(random() ** 3 * ids.length)]
    if (id === undefined) return true
    const answer = await post(`/api/v1/tasks/${id}/cancel`, {}, [200, 400, 409])
    if (answer?.status === 200) ledger.cancelled.add(id)
    return answer !== null
  }

  async function reprocess(): Promise<boolean> {
    return (await post(`/api/dlq/${pick(QUEUES)}/reprocess`, { all: true }, [200, 404])) !== null
  }

  function next(): Promise<boolean> {
    const dice = random()
    if (dice < 0.1) return cancel()
    if (dice < 0.12) return reprocess()
    const n = (ledger.lastNumber += 1)
    const type = pick(NAMES)
    const task = { type, queue: pick(QUEUES), payload: { n }, max_retries: type === 'flaky' ? 20 : 1 }
    return submit(`key-${n}`, task)
  }

  async function beClient(): Promise<void> {
    while (!isStopped) {
      if (!(await next())) return
      countOne()
    }
  }

  async function run(): Promise<void> {
    for (const [key, task] of ledger.unsure) if (!(await submit(key, task))) return
    await Promise.all(Array.from({ length: CLIENTS }, beClient))
  }

  const ended = run().finally(() => {
    for (const { resolve } of waiting) resolve()
  })
  return {
    acknowledged: (count) =>
      Promise.race([new Promise<void>((resolve) => waiting.push({ at: done + count, resolve })), ended]),
    stop() {
      isStopped = true
      return ended
    },
  }
}
