import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openTestBroker, type TestBroker } from '../../../../test/support/open-test-broker.ts'
import { serveContract } from '../../../../test/support/serve-contract.ts'
import { isAttachError } from '../attach-error.ts'
import { attachContract, type AttachContractOptions } from './attach-contract.ts'
import type { EventsState } from '../attach-subscription.ts'

const KEY = 'a secret of this test'
const attach = (options: Pick<AttachContractOptions, 'address'> & Partial<AttachContractOptions>) =>
  attachContract({
    apiKey: null,
    version: '0.1.0',
    random: () => 0,
    wait: (ms) => wait(ms),
    limits: { totalMs: 5000 },
    ...options,
  })

async function problemOf(call: Promise<unknown>) {
  const error = await call.then(
    () => new Error('It was answered.'),
    (thrown: unknown) => thrown,
  )
  if (!isAttachError(error)) throw error
  return error
}

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})
async function listen(listener: RequestListener, port = 0): Promise<string> {
  const server = createServer(listener).listen(port, '127.0.0.1')
  await once(server, 'listening')
  closing.push(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

describe('attaching to a Penstock', () => {
  let local: TestBroker
  beforeAll(async () => {
    local = await openTestBroker()
  })
  afterAll(() => local[Symbol.asyncDispose]())

  it('with its key tells who it is and what it can do; without it, that it wants one', async () => {
    await using served = await serveContract(local.broker, { apiKey: KEY, version: '0.1.7' })
    await using attached = await attach({ address: served.address, apiKey: KEY })
    expect(attached.status).toMatchObject({ version: '0.1.7', brokerName: 'Broker under test' })
    expect(attached.capabilities.events).toBe(true)
    const [none, wrong] = await Promise.all([
      problemOf(attach({ address: served.address })),
      problemOf(attach({ address: served.address, apiKey: 'wrong' })),
    ])
    expect([none.problem, none.code]).toEqual(['refused', 'UNAUTHORIZED'])
    expect(none.message).toContain('wants a key')
    expect(wrong.message).toContain('does not take this key')
  })

  it.each([
    ['0.0.9', 'too_old'],
    ['0.2.0', 'too_new'],
    ['unknown', 'wrong_server'],
  ] as const)('of version %s is refused as %s', async (version, problem) => {
    await using served = await serveContract(local.broker, { version })
    expect((await problemOf(attach({ address: served.address }))).problem).toBe(problem)
  })

  it('goes on with its events where they were lost, and misses none', async () => {
    const states: EventsState['kind'][] = []
    const first = await serveContract(local.broker)
    const port = Number(new URL(first.address).port)
    await using attached = await attach({
      address: first.address,
      onEvents: ({ kind }) => states.push(kind),
      wait: (ms) => wait(Math.min(ms, 50)),
    })
    const { lastSeq } = await attached.overview()
    const subscription = attached.subscribe({ after: lastSeq, filter: { types: ['task.submitted'] } })
    const events = subscription[Symbol.asyncIterator]()
    const [one] = await local.broker.submit([{ name: 'echo' }])
    expect((await events.next()).value?.events).toMatchObject([{ taskId: one!.id }])

    await first[Symbol.asyncDispose]()
    const next = events.next()
    const [two, three] = await local.broker.submit([{ name: 'echo' }, { name: 'echo' }])
    await using _again = await serveContract(local.broker, { port })

    expect((await next).value?.events).toMatchObject([{ taskId: two!.id }, { taskId: three!.id }])
    expect(states[0]).toBe('live')
    expect(states).toContain('lost')
    expect(states.at(-1)).toBe('live')
    subscription.close()
    expect(await events.next()).toEqual({ done: true, value: undefined })
  })
})

describe('attaching to something else', () => {
  const html: RequestListener = (_request, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome to nginx</h1>')
  const json =
    (status: number, body: unknown): RequestListener =>
    (_request, response) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))

  it.each<[string, RequestListener, string]>([
    ['a web page', html, 'wrong_server'],
    ['nothing at that path', json(404, { detail: 'Not Found' }), 'wrong_server'],
    ['a Penstock without the call', json(404, { error: { message: 'No such procedure.' } }), 'too_old'],
    ['a wrong shape', json(200, { json: { version: 1 } }), 'bad_answer'],
    ['nothing at all', json(200, {}), 'bad_answer'],
    [
      'a deep answer',
      (_q, r) => r.writeHead(200, { 'content-type': 'application/json' }).end('['.repeat(90_000)),
      'bad_answer',
    ],
    [
      'half an answer',
      (_q, r) => r.writeHead(200, { 'content-type': 'application/json' }).end('{"json":'),
      'bad_answer',
    ],
    ['a proxy whose server is gone', json(502, {}), 'failing'],
    ['a refusal for everybody', json(403, {}), 'refused'],
    ['a status nobody knows', json(599, {}), 'bad_answer'],
    [
      'a redirect elsewhere',
      (_q, r) => r.writeHead(307, { location: 'http://127.0.0.2:1/' }).end(),
      'bad_answer',
    ],
  ])('%s is said to be that', async (_name, listener, problem) => {
    const address = await listen(listener)
    const error = await problemOf(attach({ address, retries: { tries: 1 } }))
    expect(error.problem).toBe(problem)
    expect(error.message).toContain(address)
  })

  it.each<[string, RequestListener]>([
    [
      'a proxy in maintenance',
      (_q, r) => r.writeHead(503, { 'content-type': 'text/html', 'retry-after': '3' }).end('<h1>Soon</h1>'),
    ],
    [
      'a Penstock without time',
      (_q, r) =>
        r.writeHead(503, { 'content-type': 'application/json', 'retry-after': '3' }).end('{"json":{}}'),
    ],
  ])('%s is asked again when it says', async (_name, listener) => {
    const waits: number[] = []
    const address = await listen(listener)
    const error = await problemOf(attach({ address, wait: async (ms) => void waits.push(ms) }))
    expect(error.problem).toBe('failing')
    // Of the five seconds of this connection two are left, which is not enough for the second pause.
    expect(waits).toEqual([3000, 0])
  })

  it('that is not there is tried three times, and then unreachable', async () => {
    const address = await listen(() => undefined)
    closing.splice(0).forEach((close) => close())
    const waits: number[] = []
    const error = await problemOf(attach({ address, wait: async (ms) => void waits.push(ms) }))
    expect(error.problem).toBe('unreachable')
    expect(waits).toHaveLength(2)
  })
})

describe('a write to an attached server', () => {
  it('is sent once, and what became of it is said to be unknown', async () => {
    await using local = await openTestBroker()
    await using served = await serveContract(local.broker)
    let submits = 0
    const address = await listen((request, response) => {
      if (request.url === '/rpc/tasks/submit') {
        submits += 1
        response.destroy()
        return
      }
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        fetch(`${served.address}${request.url}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: Buffer.concat(chunks).toString(),
        }).then(
          async (answer) =>
            response
              .writeHead(answer.status, { 'content-type': 'application/json' })
              .end(await answer.text()),
          () => response.destroy(),
        )
      })
    })
    await using attached = await attach({ address, wait: async () => undefined })

    const error = await problemOf(attached.submit([{ name: 'echo' }]))
    expect(submits).toBe(1)
    expect(error.message).toContain('not known')
    await problemOf(attached.submit([{ name: 'echo', idempotencyKey: 'k' }]))
    expect(submits).toBe(4)
  })
})
