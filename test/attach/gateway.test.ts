import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { listen } from './listen.ts'
import { asynqServer } from './servers/asynq.ts'
import { runServer, type ServerProcess, startServer } from '../support/start-server.ts'
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts'

const REMOTE_KEY = 'the key of the server behind'
const POLLING = { timeout: 20_000, interval: 50 }

let folder: TemporaryFolder
let behind: ServerProcess
let gateway: ServerProcess
/** The gateway's listeners: the first speaks asynq, the second dtqs. */
let asynq: string
let dtqs: string
const addresses = () => gateway.stdout().match(/http:\/\/[^/\s]+/g) ?? []

beforeAll(async () => {
  folder = temporaryFolder()
  behind = await startServer(['--data', folder.path, '--listen', '0=taskmanager'], {
    PENSTOCK_API_KEY: REMOTE_KEY,
  })
  gateway = await startServer(
    ['--broker', behind.address, '--speaks', 'taskmanager', '--listen', '0=asynq', '0=dtqs'],
    { PENSTOCK_BROKER_KEY: REMOTE_KEY },
  )
  await vi.waitUntil(() => addresses().length === 2, POLLING)
  ;[asynq, dtqs] = addresses() as [string, string]
})
afterAll(async () => {
  await gateway[Symbol.asyncDispose]()
  await behind[Symbol.asyncDispose]()
  folder[Symbol.dispose]()
})

async function call(method: string, url: string, body?: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(url, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    body: body === undefined ? null : JSON.stringify(body),
  })
  return { status: response.status, body: await response.json() }
}
const remotely = (id: string) =>
  call('GET', `${behind.address}/api/v1/tasks/${id}`, undefined, { authorization: `Bearer ${REMOTE_KEY}` })

describe('a gateway in front of a taskmanager server', () => {
  it('lets an asynq client run a task there', async () => {
    const submitted = await call('POST', `${asynq}/api/v1/tasks`, { type: 'demo', payload: { count: 1 } })
    expect(submitted.status).toBe(201)
    const id = submitted.body.task_id as string
    const state = async () => (await call('GET', `${asynq}/api/v1/tasks/${id}`)).body.state as string
    await expect.poll(state, POLLING).toBe('completed')
    expect((await remotely(id)).body).toMatchObject({ task_id: id, state: 'SUCCESS' })
  })

  it('lets a dtqs client run a task there, and clean up behind it', async () => {
    const submitted = await call('POST', `${dtqs}/api/v1/tasks`, {
      task_name: 'demo',
      task_kwargs: { count: 1, order: 7 },
      priority: 8,
    })
    expect(submitted).toMatchObject({ status: 201 })
    const id = submitted.body.task_id as string
    const status = async () => (await call('GET', `${dtqs}/api/v1/tasks/${id}`)).body.status as string
    await expect.poll(status, POLLING).toBe('COMPLETED')
    expect((await remotely(id)).status).toBe(200)
  })

  it('refuses what that server cannot do, saying why, and sends nothing', async () => {
    const listed = await call('GET', `${dtqs}/api/v1/tasks`)
    expect(listed.status).toBe(501)
    expect(listed.body.detail).toContain('lists none')
    const later = { type: 'demo', payload: {}, process_at: '2030-01-01T00:00:00Z' }
    const submitted = await call('POST', `${asynq}/api/v1/tasks`, later)
    expect(submitted.status).toBe(501)
    expect(JSON.stringify(submitted.body)).toContain('for now alone')
  })

  it('hands on what the server says: an id that is not there, input that is wrong', async () => {
    expect((await call('GET', `${asynq}/api/v1/tasks/nope`)).status).toBe(404)
    const wrong = await call('POST', `${dtqs}/api/v1/tasks`, { task_name: 'nobody_has_it' })
    expect(wrong.status).toBe(400)
  })

  it('serves the window, which knows what is behind', async () => {
    const { body } = await call('POST', `${asynq}/rpc/system/status`, {})
    expect(body.json.brokerName).toBe(`${behind.address} (taskmanager)`)
    expect(body.json.capabilities.workflows).toMatchObject({ available: false })
    expect(JSON.stringify(body)).not.toContain(REMOTE_KEY)
  })

  it('says of itself where it stands, and nothing of the key', () => {
    expect(gateway.stderr()).toContain(`in front of ${behind.address}`)
    expect(gateway.stderr() + gateway.stdout()).not.toContain(REMOTE_KEY)
  })
})

describe('a dtqs client of a gateway in front of an asynq server', () => {
  it('submits for now and for later, looks, and cancels; the server hears it in its own format', async () => {
    const there = asynqServer()
    await using server = await listen(there.listener)
    await using own = await startServer(['--broker', server.address, '--listen', '0=dtqs'])
    const tasks = `${own.address}/api/v1/tasks`

    const submitted = await call('POST', tasks, {
      task_name: 'demo',
      task_kwargs: { message: 'Hello', count: 5 },
      queue_name: 'critical',
      max_retries: 2,
      scheduled_at: '2090-01-01T00:00:00Z',
    })
    expect(submitted).toMatchObject({ status: 201, body: { task_id: 'created-1', status: 'PENDING' } })
    expect(there.created).toEqual([
      expect.objectContaining({
        type: 'demo',
        payload: { message: 'Hello', count: 5 },
        queue: 'critical',
        max_retries: 2,
        process_at: expect.stringMatching(/^2090-01-01T00:00:00/),
      }),
    ])

    const read = await call('GET', `${tasks}/scheduled-1`)
    expect(read).toMatchObject({ status: 200, body: { task_name: 'demo', status: 'PENDING' } })
    expect((await call('GET', `${tasks}/nope`)).status).toBe(404)
    expect((await call('POST', `${tasks}/scheduled-1/cancel`)).status).toBe(200)
    expect(there.done).toContain('cancelled scheduled-1')

    const unknown = await call('POST', tasks, { task_name: 'nobody_has_it' })
    expect(unknown).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining('Unknown task type') },
    })
    const workflow = { workflow_name: 'w', tasks: [{ name: 'a', task_name: 'demo' }], dependencies: {} }
    const refused = await call('POST', `${own.address}/api/v1/workflows`, workflow)
    expect(refused.status).toBe(501)
    expect(there.created).toHaveLength(1)
  })
})

describe('a gateway that cannot be', () => {
  it.each<[string, readonly string[], number, RegExp]>([
    [
      'a server that is not there',
      ['--broker', 'http://127.0.0.1:9', '--listen', '0=asynq'],
      4,
      /cannot be reached/,
    ],
    ['a connection nobody has added', ['--broker', 'prod', '--listen', '0=asynq'], 3, /no connection 'prod'/],
    ['options of a broker here', ['--broker', 'http://127.0.0.1:9', '--threads', '2'], 1, /--threads/],
  ])('is refused for %s', async (_what, args, code, message) => {
    const ended = await runServer([...args, '--data', join(folder.path, 'empty')])
    expect(ended).toMatchObject({ code, stderr: expect.stringMatching(message), stdout: '' })
    expect(ended.stderr).not.toContain('    at ')
  })

  it('is refused for ids that the server behind does not have', async () => {
    const args = ['--broker', behind.address, '--speaks', 'taskmanager', '--listen', '0=taskqueue']
    const ended = await runServer([...args, '--data', join(folder.path, 'empty')], {
      PENSTOCK_BROKER_KEY: REMOTE_KEY,
    })
    expect(ended).toMatchObject({ code: 1, stderr: expect.stringContaining('leave taskqueue out') })
  })
})
