import { mkdirSync, writeFileSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { join } from 'node:path'
import { systemClock } from '../../src/server/clock.ts'
import { builtEntries } from '../../src/server/app/entries.ts'
import { forkExecutor } from '../../src/server/local/executor/fork-executor.ts'
import { openLocalBroker } from '../../src/server/local/open-local-broker.ts'
import type { Broker } from '../../src/shared/domain/broker.ts'
import type { JsonText } from '../../src/shared/domain/json.ts'
import { untilReady } from '../support/until.ts'

const KWARGS = JSON.stringify({ text: 'x'.repeat(180) }) as JsonText
const SUBMIT_SIZE = 1000

/** A broker on `folder` as it is built, with a handler that does nothing. */
export async function openBenchBroker(folder: string, threads: number): Promise<Broker> {
  const tasksFolder = join(folder, 'tasks')
  mkdirSync(tasksFolder, { recursive: true })
  writeFileSync(
    join(tasksFolder, 'noop.ts'),
    'export const noop = () => null\nexport const timestamp = () => performance.timeOrigin + performance.now()\n',
  )
  const broker = await openLocalBroker({
    dataFolder: join(folder, 'data'),
    tasksFolder,
    threads,
    clock: systemClock,
    startExecutor: forkExecutor,
    entries: builtEntries(join(import.meta.dirname, '../../out/server')),
    onProblem: (message) => process.stderr.write(`${message}\n`),
  })
  await untilReady(broker)
  return broker
}

export interface Drained {
  readonly perSecond: number
  /** Of this process's event loop meanwhile, in milliseconds. */
  readonly loopDelayP99Ms: number
}

/** Tasks a second from the first claim to the last end: `count` that wait in a paused queue, let go. */
export async function drain(broker: Broker, count: number): Promise<Drained> {
  await broker.updateQueue('drain', {})
  await broker.setQueuePaused('drain', true)
  for (let done = 0; done < count; done += SUBMIT_SIZE)
    await broker.submit(
      Array.from({ length: SUBMIT_SIZE }, () => ({ name: 'noop', queue: 'drain', kwargs: KWARGS })),
    )
  const delay = monitorEventLoopDelay({ resolution: 5 })
  const { lastSeq } = await broker.overview()
  const startedAt = performance.now()
  delay.enable()
  await broker.setQueuePaused('drain', false)
  let ended = 0
  for await (const { events } of broker.subscribe({
    after: lastSeq,
    filter: { types: ['task.succeeded'] },
  })) {
    ended += events.length
    if (ended >= count) break
  }
  const seconds = (performance.now() - startedAt) / 1000
  delay.disable()
  return { perSecond: count / seconds, loopDelayP99Ms: delay.percentile(99) / 1e6 }
}

/** Milliseconds from the submit of one task to its start, with nothing else to do. */
export async function startLatencies(broker: Broker, count: number): Promise<readonly number[]> {
  const latencies: number[] = []
  for (let i = 0; i < count; i += 1) {
    const events = broker.subscribe({
      filter: { types: ['task.started', 'task.succeeded'], queue: 'latency' },
    })
    const iterator = events[Symbol.asyncIterator]()
    const submittedAt = performance.timeOrigin + performance.now()
    const [receipt] = await broker.submit([{ name: 'timestamp', queue: 'latency' }])
    for (let isDone = false; !isDone;) {
      const { value } = await iterator.next()
      isDone = value.events.some(({ type }: { type: string }) => type === 'task.succeeded')
    }
    events.close()
    latencies.push(Number((await broker.getTask(receipt!.id)).result) - submittedAt)
  }
  return latencies
}
