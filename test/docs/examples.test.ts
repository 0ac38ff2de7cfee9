import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type ServerProcess } from '../support/start-server.ts'
import { temporaryFolder, type TemporaryFolder } from '../support/temporary-folder.ts'

const EXAMPLES = path.resolve(import.meta.dirname, '../../examples')
const KEY = 'a key of several words'

interface Client {
  readonly program: string
  readonly file: string
}

const CLIENTS: readonly Client[] = [
  { program: 'sh', file: 'submit.sh' },
  { program: 'python3', file: 'submit.py' },
  { program: process.execPath, file: 'submit.mjs' },
]

const isThere = (program: string) =>
  spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined
const canRun = (client: Client) => {
  const missing = [client.program, ...(client.program === 'sh' ? ['curl'] : [])].filter(
    (program) => !isThere(program),
  )
  for (const program of missing)
    process.stdout.write(`examples/clients/${client.file} is not run: there is no ${program} here.\n`)
  return missing.length === 0
}
const RUNNABLE = CLIENTS.filter(canRun)

interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

async function runClient(
  { program, file }: Client,
  args: readonly string[],
  env: Record<string, string>,
): Promise<Ended> {
  const child = spawn(program, [path.join(EXAMPLES, 'clients', file), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PENSTOCK_API_KEY: '', ...env },
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, stdout, stderr }
}

describe.each<[string, Record<string, string>]>([
  ['without a key', {}],
  ['with a key', { PENSTOCK_API_KEY: KEY }],
])('the example clients, on a broker %s', (_which, keyEnv) => {
  let folder: TemporaryFolder
  let server: ServerProcess
  beforeAll(async () => {
    folder = temporaryFolder()
    const tasks = path.join(EXAMPLES, 'tasks')
    const args = ['--data', folder.path, '--tasks', tasks, '--listen', '0=turbine,asynq']
    server = await startServer(args, keyEnv)
  })
  afterAll(async () => {
    await server[Symbol.asyncDispose]()
    folder[Symbol.dispose]()
  })
  const run = (client: Client, ...args: readonly string[]) =>
    runClient(client, args, { PENSTOCK_ADDRESS: server.address, ...keyEnv })

  it.each(RUNNABLE)('$file submits a task and prints its result', async (client) => {
    const ended = await run(client, 'greet', '{"name": "Ada"}')
    expect(ended).toMatchObject({ code: 0, stderr: '' })
    expect(ended.stdout).toMatch(/^submitted [0-9a-f-]{36}$/m)
    expect(ended.stdout).toContain('Hello Ada')
  })

  it('send the demo when told nothing, and wait for its end', async () => {
    for (const ended of await Promise.all(RUNNABLE.map((client) => run(client)))) {
      expect(ended).toMatchObject({ code: 0, stderr: '' })
      expect(ended.stdout).toContain('"count":')
    }
  })

  it.each(RUNNABLE)('$file ends with 1 when the task fails', async (client) => {
    const ended = await run(client, 'folder-report', '{"folder": "nowhere"}')
    expect(ended.code).toBe(1)
    expect(ended.stdout + ended.stderr).toContain('absolute path')
  })

  it.each(RUNNABLE)('$file ends with 1 and the broker’s words when the task is refused', async (client) => {
    const ended = await run(client, 'nobody-knows-this')
    expect(ended.code).toBe(1)
    expect(ended.stderr).toContain("Unknown task type 'nobody-knows-this'")
  })
})

describe('the example handlers', () => {
  let folder: TemporaryFolder
  let server: ServerProcess
  beforeAll(async () => {
    folder = temporaryFolder()
    const tasks = path.join(EXAMPLES, 'tasks')
    server = await startServer(['--data', folder.path, '--tasks', tasks, '--listen', '0=turbine,asynq'])
  })
  afterAll(async () => {
    await server[Symbol.asyncDispose]()
    folder[Symbol.dispose]()
  })

  /** Submits and follows the progress stream to where `until` is said, or to its end. */
  async function runTask(type: string, payload: unknown) {
    const submitted = await fetch(`${server.address}/api/v1/tasks`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ type, payload }),
    })
    const { task_id: id } = (await submitted.json()) as { task_id: string }
    const stream = await fetch(`${server.address}/api/v1/tasks/${id}/progress/stream?history=true`)
    const progress = await stream.text()
    return { progress, task: await taskOf(id) }
  }
  const taskOf = async (id: string) =>
    (await (await fetch(`${server.address}/api/tasks/${id}`)).json()) as Record<string, unknown>

  it('report what is in a folder, with progress', async () => {
    const place = path.join(folder.path, 'place')
    mkdirSync(path.join(place, 'below'), { recursive: true })
    writeFileSync(path.join(place, 'small'), 'x')
    writeFileSync(path.join(place, 'below', 'large'), 'x'.repeat(1000))

    const { progress, task } = await runTask('folder-report', { folder: place, top: 1 })

    expect(task).toMatchObject({
      state: 'success',
      result: { files: 2, bytes: 1001, largest: [{ file: path.join('below', 'large'), bytes: 1000 }] },
    })
    expect(progress).toContain('"stage":"measuring"')
  })

  it('fetch a page, and tell a failure that is worth a retry from one that is not', async () => {
    let asked = 0
    const site = createServer((request, response) => {
      asked += 1
      if (request.url === '/gone') response.writeHead(410).end()
      else if (asked === 1) response.writeHead(503, { 'retry-after': '1' }).end()
      else response.end('<title> A page </title>')
    }).listen(0, '127.0.0.1')
    await once(site, 'listening')
    const url = `http://127.0.0.1:${(site.address() as AddressInfo).port}`

    const page = await runTask('fetch-page', { url: `${url}/page` })
    const gone = await runTask('fetch-page', { url: `${url}/gone` })
    site.close()

    expect(page.task).toMatchObject({
      state: 'success',
      retries: 1,
      result: { url: `${url}/page`, status: 200, title: 'A page' },
    })
    expect(gone.task).toMatchObject({ state: 'failed', retries: 0, error: expect.stringContaining('410') })
  })
})
