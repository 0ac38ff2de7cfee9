import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toJsonText } from '../../src/shared/domain/json.ts'
import { untilFinal, untilTask } from '../support/until.ts'
import { buildWorld, documentedTasks, type DocumentedWorld } from './documented-world.ts'
import { openServer, type TestServer } from './open-server.ts'
import { heldTask, steppingTasks } from './stepping-task.ts'

/**
 * The examples of the two documents in other languages than JavaScript, letter for letter but for the
 * address and the ids. Those in JavaScript run in a browser: test/e2e/http-clients.spec.ts.
 */
const isThere = (program: string) =>
  spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined

interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** @param isEnough kills the program once its output is; then its code is null. */
async function run(
  program: string,
  args: readonly string[],
  isEnough: (stdout: string) => boolean = () => false,
): Promise<Ended> {
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    env: { ...process.env, PYTHONPATH: join(import.meta.dirname, 'python'), PYTHONDONTWRITEBYTECODE: '1' },
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
    // The whole group: a shell would leave its child behind.
    if (isEnough(stdout) && child.exitCode === null && child.pid !== undefined) process.kill(-child.pid)
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, stdout, stderr }
}

let server: TestServer
let world: DocumentedWorld
/** Told of every stream that a client opens. */
let onSubscribe: () => void = () => undefined
/** Resolves when a client has opened a stream from now on. */
const nextStream = () => new Promise<void>((resolve) => (onSubscribe = resolve))
/** Told whenever the progress there is has been read. */
let onProgressRead: () => void = () => undefined
/** Resolves when a client that opens a task's progress from now on is told all that comes. */
const nextProgressStream = () => new Promise<void>((resolve) => (onProgressRead = resolve))

beforeAll(async () => {
  server = await openServer({
    taskFiles: { ...documentedTasks, ...steppingTasks },
    threads: 4,
    around: (broker) => ({
      ...broker,
      subscribe(options) {
        onSubscribe()
        return broker.subscribe(options)
      },
      async progressHistory(id, options) {
        const entries = await broker.progressHistory(id, options)
        onProgressRead()
        return entries
      },
    }),
  })
  world = await buildWorld(server.broker)
})
afterAll(() => server[Symbol.asyncDispose]())

/** With this server's address for the documented one. */
const here = (text: string) =>
  text.replaceAll('localhost:8080', server.url.replace('http://127.0.0.1', 'localhost'))

describe.skipIf(!isThere('curl'))("turbine's examples for curl", () => {
  const curl = async (line: string) => {
    const { stdout } = await run('sh', ['-c', here(line)])
    return JSON.parse(stdout) as unknown
  }

  it('get the overview', async () => {
    expect(await curl('curl http://localhost:8080/api/overview')).toMatchObject({
      tasks: { total_processed: 3, success: 2, failed: 1 },
    })
  })

  it('list workers', async () => {
    expect(await curl('curl http://localhost:8080/api/workers')).toMatchObject({
      workers: [{ id: world.workerId, status: 'active' }],
    })
  })

  it('get a task, or hear that there is none', async () => {
    const line = 'curl http://localhost:8080/api/tasks/abc-123'

    expect(await curl(line)).toEqual({
      error: {
        code: 'TASK_NOT_FOUND',
        message: expect.stringContaining("'abc-123' not found"),
        details: { task_id: 'abc-123' },
      },
    })
    expect(await curl(line.replace('abc-123', world.succeeded))).toMatchObject({
      task_id: world.succeeded,
      task_name: 'send_email',
      state: 'success',
      queue: 'emails',
      args: ['user@example.com', 'Welcome!'],
      kwargs: { html: true, priority: 'high' },
      result: { message_id: 'msg-xyz', sent: true },
      error: null,
    })
  })

  it('revoke a task', async () => {
    const line = String.raw`curl -X POST http://localhost:8080/api/tasks/abc-123/revoke \
  -H "Content-Type: application/json" \
  -d '{"terminate": true}'`

    expect(await curl(line)).toMatchObject({ error: { code: 'TASK_NOT_FOUND' } })
    expect(await curl(line.replace('abc-123', world.waiting))).toEqual({
      task_id: world.waiting,
      revoked: true,
      state: 'revoked',
    })
  })

  it('subscribe to events', async () => {
    const isOpen = nextStream()
    const listening = run('sh', ['-c', here('curl -N http://localhost:8080/api/events')], (stdout) =>
      /"task_completed".*\n/.test(stdout),
    )
    await isOpen
    await server.broker.submit([{ name: 'sleep', kwargs: toJsonText({ ms: 1 }) }])
    const { stdout } = await listening

    const events = [...stdout.matchAll(/^data: (.*)$/gm)].map(
      ([, data]) => JSON.parse(data!) as { type: string },
    )
    expect(events.map(({ type }) => type)).toEqual(expect.arrayContaining(['task_started', 'task_completed']))
  })
})

describe.skipIf(!isThere('curl'))("asynq's example for curl", () => {
  it('streams the progress of a task until it is done', async () => {
    const { id, release } = await heldTask(server, 'full')
    const line = 'curl -N "http://localhost:8080/api/v1/tasks/xxx/progress/stream"'

    const isOpen = nextProgressStream()
    const listening = run('sh', ['-c', here(line.replace('xxx', id))])
    await isOpen
    await release()
    const { code, stdout } = await listening

    expect(code).toBe(0)
    expect(stdout).toMatch(/^event: progress\ndata: \{"task_id":".*","percentage":100,"stage":"completed",/)
    expect(stdout).toContain(`event: done\ndata: {"task_id":"${id}","status":"completed"}\n\n`)
  })
})

describe.skipIf(!isThere('python3'))("turbine's example for Python", () => {
  const EXAMPLE = `
import requests

# Get overview
response = requests.get('http://localhost:8080/api/overview')
data = response.json()
print(data)

# Revoke task
response = requests.post(
    'http://localhost:8080/api/tasks/abc-123/revoke',
    json={'terminate': True}
)
print(response.json())
`

  it('prints the overview, and revokes a task that runs', async () => {
    const { body } = await server.post('/api/v1/tasks', { type: 'report', payload: {} })
    await untilTask(server.broker, body.task_id, ({ progress }) => progress !== null)

    const ended = await run('python3', ['-c', here(EXAMPLE.replace('abc-123', body.task_id))])

    expect(ended).toMatchObject({ code: 0, stderr: '' })
    expect(ended.stdout).toContain("'total_processed':")
    expect(ended.stdout).toContain(`{'task_id': '${body.task_id}', 'revoked': True, 'state': 'revoked'}`)
    await untilFinal(server.broker, body.task_id)
  })
})
