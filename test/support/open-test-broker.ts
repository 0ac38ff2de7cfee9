import { inspect } from 'node:util'
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../../src/server/clock.ts'
import { forkExecutor } from '../../src/server/local/executor/fork-executor.ts'
import type { EngineEntries } from '../../src/server/local/engine-entries.ts'
import { openLocalBroker } from '../../src/server/local/open-local-broker.ts'
import type { Broker } from '../../src/shared/domain/broker.ts'
import type { Clock } from '../../src/shared/domain/clock.ts'
import type { LocalPool } from '../../src/shared/domain/worker-port.ts'
import { sourceEntries } from './source-entries.ts'
import { untilReady } from './until.ts'

export interface TestBroker {
  readonly broker: Broker
  readonly dataFolder: string
  readonly tasksFolder: string
  /** What nobody was told of: crashes, task files that cannot be loaded. */
  readonly problems: readonly string[]
  /** Closes the broker, and opens another on the same folders. */
  reopen(): Promise<TestBroker>
  [Symbol.asyncDispose](): Promise<void>
}

export interface TestBrokerOptions {
  /** Task files by name, as `{ 'greet.ts': 'export …' }`. */
  readonly taskFiles?: Readonly<Record<string, string>>
  /** Instead of a folder of its own, which {@link taskFiles} would be written to. */
  readonly tasksFolder?: string
  readonly threads?: number
  readonly pools?: readonly LocalPool[]
  readonly clock?: Clock
  /** Where the engine's threads and processes are. Default: made of the sources. */
  readonly entries?: EngineEntries
  /** Resolve only when handlers are loaded. Default true. */
  readonly waitUntilReady?: boolean
}

/** A real local broker on a folder of its own: real store threads, a real executor process. */
export async function openTestBroker(options: TestBrokerOptions = {}): Promise<TestBroker> {
  const root = await mkdtemp(join(tmpdir(), 'penstock-test-'))
  const tasksFolder = join(root, 'tasks')
  await mkdir(tasksFolder)
  for (const [name, text] of Object.entries(options.taskFiles ?? {}))
    await writeFile(join(tasksFolder, name), text)
  return openOn(root, options)
}

async function openOn(root: string, options: TestBrokerOptions): Promise<TestBroker> {
  const dataFolder = join(root, 'data')
  const { tasksFolder = join(root, 'tasks') } = options
  const problems: string[] = []
  const broker = await openLocalBroker({
    dataFolder,
    tasksFolder,
    threads: options.threads ?? 2,
    pools: options.pools,
    clock: options.clock ?? systemClock,
    startExecutor: forkExecutor,
    entries: options.entries ?? sourceEntries,
    onProblem: (message, error) =>
      problems.push(error === undefined ? message : `${message}: ${inspect(error)}`),
  })
  if (options.waitUntilReady !== false) await untilReady(broker)
  return {
    broker,
    dataFolder,
    tasksFolder,
    problems,
    async reopen() {
      await broker[Symbol.asyncDispose]()
      return openOn(root, options)
    },
    async [Symbol.asyncDispose]() {
      await broker[Symbol.asyncDispose]()
      await rm(root, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
    },
  }
}
