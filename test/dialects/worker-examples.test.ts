import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { untilFinal, untilTask } from '../support/until.ts'
import { PORT_8000 } from './documented/port-8000.ts'
import { openServer, type TestServer } from './open-server.ts'
import { isInstalled } from './run-program.ts'

const FOLDER = path.resolve(import.meta.dirname, '../../examples/workers')
const KEY = 'a key of several words'

interface Example {
  readonly program: string
  readonly file: string
  readonly name: string
  /** A task that ends well, and what it comes to. */
  readonly good: {
    readonly name: string
    readonly payload: object
    readonly result: unknown
    readonly log: string
  }
  /** One that its function refuses. */
  readonly bad: {
    readonly name: string
    readonly payload: object
    readonly type: string
    readonly error: string
  }
  /** One that goes on until it is stopped. */
  readonly endless: string
}

const EXAMPLES: readonly Example[] = [
  {
    program: 'python3',
    file: 'worker.py',
    name: 'word-counter',
    good: {
      name: 'count_words',
      payload: { text: 'to be or not to be' },
      result: { words: 6, different: 4 },
      log: '6 words',
    },
    bad: { name: 'count_words', payload: {}, type: 'KeyError', error: "'text'" },
    endless: 'wait_for_ever',
  },
  {
    program: process.execPath,
    file: 'worker.ts',
    name: 'mathematician',
    good: { name: 'primes', payload: { limit: 20 }, result: [2, 3, 5, 7, 11, 13, 17, 19], log: '8 primes' },
    bad: {
      name: 'primes',
      payload: { limit: 'many' },
      type: 'TypeError',
      error: 'Give the limit as a number.',
    },
    endless: 'count_on',
  },
]

describe.each(EXAMPLES.filter(({ program }) => isInstalled(program)))('the worker in $file', (example) => {
  let server: TestServer
  let worker: ChildProcess
  let output = ''
  const say = (method: string, address: string, json?: unknown) =>
    server.call(method, address, { json, headers: { 'x-api-key': KEY } })
  const submit = async (name: string, payload: object) => {
    const { body } = await say('POST', '/api/tasks/', { name, payload })
    const { id } = await server.broker.getTaskByNumber(body.id)
    return { number: body.id as number, id }
  }

  beforeAll(async () => {
    server = await openServer({ dialects: PORT_8000, gate: { apiKey: KEY } })
    const env = {
      ...process.env,
      PENSTOCK_ADDRESS: server.url,
      PENSTOCK_API_KEY: KEY,
      PYTHONDONTWRITEBYTECODE: '1',
    }
    worker = spawn(example.program, [path.join(FOLDER, example.file)], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [worker.stdout!, worker.stderr!])
      stream.setEncoding('utf8').on('data', (text: string) => (output += text))
    while (!/worker \d+ is ready/.test(output))
      await Promise.race([
        once(worker.stdout!, 'data'),
        once(worker, 'exit').then(() => Promise.reject(new Error(output))),
      ])
  })
  afterAll(async () => {
    if (worker.exitCode === null) {
      worker.kill('SIGKILL')
      await once(worker, 'exit')
    }
    await server[Symbol.asyncDispose]()
  })

  it('registers, and its names are known to every dialect', async () => {
    const [, registered] = await server.broker.listWorkers()
    expect(registered).toMatchObject({ kind: 'external', hostname: example.name, pid: worker.pid })

    const { status } = await say('POST', '/api/v1/tasks', { task_name: example.good.name, kwargs: {} })
    expect(status).toBe(202)
  })

  it('does a task, with progress and log lines, and answers its result', async () => {
    const { name, payload, result, log } = example.good
    const { number, id } = await submit(name, payload)
    await untilFinal(server.broker, id)

    expect((await say('GET', `/api/tasks/${number}`)).body).toMatchObject({
      status: 'completed',
      result,
      started_at: expect.any(String),
    })
    expect(await server.broker.logs(id)).toMatchObject([{ level: 'info', message: log }])
  })

  it('fails a task that its function refuses, with where it went wrong', async () => {
    const { name, payload, type, error } = example.bad
    const { id } = await submit(name, payload)
    const task = await untilTask(server.broker, id, ({ state }) => state === 'retrying')

    expect(task.error).toMatchObject({
      type,
      message: error,
      traceback: expect.stringContaining(example.file),
    })
  })

  it('ends a task that is paused, and takes it up again when it is resumed', async () => {
    const { number, id } = await submit(example.endless, {})
    await untilTask(server.broker, id, ({ progress }) => progress !== null)

    expect((await say('PATCH', `/api/tasks/${number}/pause`)).body.status).toBe('paused')
    await say('PATCH', `/api/tasks/${number}/resume`)
    const again = await untilTask(
      server.broker,
      id,
      ({ state, progress }) => state === 'running' && progress !== null,
    )
    expect(again.attempt).toBe(2)
    expect((await say('DELETE', `/api/tasks/${number}`)).status).toBe(204)
  })

  it('gives back what it holds when it is told to end, and says good-bye', async () => {
    const { id } = await submit(example.endless, {})
    await untilTask(server.broker, id, ({ progress }) => progress !== null)

    worker.kill('SIGTERM')
    const [code] = (await once(worker, 'exit')) as [number]

    expect(code).toBe(0)
    expect(await server.broker.getTask(id)).toMatchObject({ state: 'pending', workerId: null })
    expect((await server.broker.listWorkers()).map(({ kind }) => kind)).toEqual(['local'])
  })
})
