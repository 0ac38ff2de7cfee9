import { createORPCClient, isDefinedError, ORPCError, safe } from '@orpc/client'
import { RPCLink as FetchLink } from '@orpc/client/fetch'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import Fastify from 'fastify'
import { EventEmitter, once } from 'node:events'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { describe, expect, it, vi } from 'vitest'
import type { Contract, SystemStatus } from '../../shared/contract/contract.ts'
import type { Broker, EventSubscription } from '../../shared/domain/broker.ts'
import { taskNotFound } from '../../shared/domain/errors.ts'
import type { BrokerEvent, EventBatch } from '../../shared/domain/event.ts'
import { createRouter, type RpcRouter } from './create-router.ts'
import type { SampleLoad } from './sample-load.ts'
import { serveRpcOverHttp } from './serve-rpc-over-http.ts'
import { serveRpcOverPort } from './serve-rpc-over-port.ts'
import { systemTimers } from './timers.ts'

type Client = ContractRouterClient<Contract>

interface Connection extends AsyncDisposable {
  readonly client: Client
  /** The window goes away without a word. */
  vanish(): void
}

const transports: Record<string, (router: RpcRouter) => Promise<Connection>> = {
  HTTP: connectOverHttp,
  "a port of Node's": connectOverNodePort,
  "a port as Electron's main process has it": connectOverEmitterPort,
}

describe.each(Object.entries(transports))('the contract over %s', (_name, connect) => {
  it('answers what the broker answers', async () => {
    const { router } = routerOver({ countTasks: async ({ queue }) => (queue === 'mail' ? 3 : 0) })
    await using connection = await connect(router)

    expect(await connection.client.tasks.count({ queue: 'mail' })).toBe(3)
  })

  it('hands a refusal to the window with its code, details and message', async () => {
    const { router, logged } = routerOver({
      getTask: async (id) => {
        throw taskNotFound(id)
      },
    })
    await using connection = await connect(router)

    const { error } = await safe(connection.client.tasks.get({ id: 'gone' }))

    expect(isDefinedError(error)).toBe(true)
    expect(error).toMatchObject({
      code: 'REFUSED',
      message: "Task with ID 'gone' not found; it may have been deleted.",
      data: { code: 'TASK_NOT_FOUND', details: { taskId: 'gone' } },
    })
    expect(logged).not.toHaveBeenCalled()
  })

  it('refuses input that does not fit the contract, and names the field', async () => {
    const { router } = routerOver({})
    await using connection = await connect(router)

    const { error } = await safe(
      connection.client.tasks.submit({ tasks: [{ name: 'demo', kwargs: '{"a":' }] }),
    )

    expect(error).toMatchObject({
      code: 'REFUSED',
      message: 'tasks.0.kwargs: must be JSON',
      data: { code: 'INVALID_REQUEST', details: { path: 'tasks.0.kwargs' } },
    })
  })

  it('logs a bug once and tells the window nothing of it', async () => {
    const { router, logged } = routerOver({
      overview: async () => {
        throw new Error('secret of the house')
      },
    })
    await using connection = await connect(router)

    const { error } = await safe(connection.client.overview())

    expect(error).toBeInstanceOf(ORPCError)
    expect(JSON.stringify(error)).not.toContain('secret')
    expect(error).toMatchObject({ code: 'INTERNAL_SERVER_ERROR' })
    expect(logged).toHaveBeenCalledOnce()
    expect(logged.mock.calls[0]).toMatchObject([
      { procedure: 'overview', err: { message: 'secret of the house' } },
      {},
    ])
  })

  it('streams events, and says how many were missed', async () => {
    const feed = openFeed()
    const { router } = routerOver({ subscribe: feed.subscribe })
    await using connection = await connect(router)

    const events = await connection.client.events({ after: 6, types: ['queue.paused'] })
    feed.push({ events: [event(9)], missed: 2 })

    expect(await events.next()).toMatchObject({ done: false, value: { events: [event(9)], missed: 2 } })
    expect(feed.asked).toEqual([{ after: 6, filter: { types: ['queue.paused'] } }])
    await events.return?.()
  })

  it('closes the subscription when the window stops reading', async () => {
    const feed = openFeed()
    const { router, logged } = routerOver({ subscribe: feed.subscribe })
    await using connection = await connect(router)
    const events = await connection.client.events({})
    feed.push({ events: [event(1)], missed: 0 })
    await events.next()

    await events.return?.()

    await feed.closed
    expect(await connection.client.system.status()).toMatchObject({ version: '0.0.0' })
    expect(logged).not.toHaveBeenCalled()
  })

  it('closes the subscription when the window goes away while nothing happens', async () => {
    const feed = openFeed()
    const { router, logged } = routerOver({ subscribe: feed.subscribe })
    await using connection = await connect(router)
    const events = await connection.client.events({})
    const waiting = safe(events.next())
    await feed.subscribed

    connection.vanish()

    await feed.closed
    await waiting
    expect(logged).not.toHaveBeenCalled()
  })

  it('ends the stream when the broker ends it', async () => {
    const feed = openFeed()
    const { router } = routerOver({ subscribe: feed.subscribe })
    await using connection = await connect(router)
    const events = await connection.client.events({})
    const waiting = events.next()
    await feed.subscribed

    feed.close()

    expect(await waiting).toMatchObject({ done: true })
  })

  it('logs a stream that fails and ends it with an error that says nothing of it', async () => {
    const feed = openFeed()
    const { router, logged } = routerOver({ subscribe: feed.subscribe })
    await using connection = await connect(router)
    const events = await connection.client.events({})
    const waiting = safe(events.next())
    await feed.subscribed

    feed.fail(new Error('secret of the house'))

    const { error } = await waiting
    expect(error).toMatchObject({ code: 'INTERNAL_SERVER_ERROR' })
    expect(JSON.stringify(error)).not.toContain('secret')
    expect(logged).toHaveBeenCalledOnce()
  })
})

describe('the contract over HTTP', () => {
  it('lets the listener close while a stream is open', async () => {
    const feed = openFeed()
    const { app, client } = await listen(routerOver({ subscribe: feed.subscribe }).router)
    const events = await client.events({})
    const waiting = safe(events.next())
    await feed.subscribed

    await app.close()

    await feed.closed
    expect((await waiting).error).not.toBeNull()
  })

  it('answers 404 for a procedure that is not there, and 422 for a refusal', async () => {
    const { router } = routerOver({
      getTask: async (id) => {
        throw taskNotFound(id)
      },
    })
    const { app } = await listen(router)
    const post = (url: string, json: unknown) => app.inject({ method: 'POST', url, payload: { json } })

    expect((await post('/rpc/tasks/explode', {})).statusCode).toBe(404)
    expect((await post('/rpc/tasks/get', { id: 'x' })).statusCode).toBe(422)
    expect((await app.inject({ method: 'GET', url: '/rpc/system/status' })).statusCode).toBe(404)
    await app.close()
  })
})

describe('the contract over a port', () => {
  it.each([['not the protocol'], ['{"i":1}'], [{ i: 1 }], [null]])(
    'ends a port that sends %j',
    async (message) => {
      const { port1, port2 } = new MessageChannel()
      serveRpcOverPort(port1, routerOver({}).router)
      const closed = once(port2, 'close')

      port2.postMessage(message)

      await expect(closed).resolves.toBeDefined()
    },
  )
})

function routerOver(methods: Partial<Broker>) {
  const answersAreLive = { originOf: () => ({ kind: 'live' as const }) }
  const broker = new Proxy({ ...answersAreLive, ...methods } as Broker, {
    get(target, name) {
      if (!(name in target)) throw new Error(`the test did not say what broker.${String(name)} does`)
      return target[name as keyof Broker]
    },
  })
  const logged = vi.fn<(details: object, message: string) => void>()
  const router = createRouter({
    broker,
    status: () => ({ version: '0.0.0' }) as SystemStatus,
    about: () => Promise.reject(new Error('nobody asks')),
    openFolder: null,
    sampleLoad: {} as SampleLoad,
    connections: null,
    clock: { monotonic: () => performance.now() },
    timers: systemTimers,
    logger: { error: logged } as never,
  })
  return { router, logged }
}

function event(seq: number): BrokerEvent {
  return { seq, type: 'queue.paused', at: 0, taskId: null, queue: 'q', workerId: null, data: {} }
}

/** The broker's side of one subscription, in the test's hands. */
function openFeed() {
  const asked: unknown[] = []
  const subscribed = Promise.withResolvers<void>()
  const closed = Promise.withResolvers<void>()
  const batches: EventBatch[] = []
  let wake = Promise.withResolvers<void>()
  let failure: Error | null = null
  let isClosed = false
  const close = () => {
    isClosed = true
    closed.resolve()
    wake.resolve()
  }
  async function* read(): AsyncGenerator<EventBatch> {
    while (!isClosed) {
      subscribed.resolve()
      const batch = batches.shift()
      if (batch !== undefined) yield batch
      else await wake.promise
      if (failure !== null) throw failure
      wake = Promise.withResolvers()
    }
  }
  const subscribe: Broker['subscribe'] = (options): EventSubscription => {
    asked.push(options)
    return { [Symbol.asyncIterator]: read, close }
  }
  return {
    subscribe,
    asked,
    subscribed: subscribed.promise,
    closed: closed.promise,
    close,
    push(batch: EventBatch) {
      batches.push(batch)
      wake.resolve()
    },
    fail(error: Error) {
      failure = error
      wake.resolve()
    },
  }
}

async function listen(router: RpcRouter) {
  const app = Fastify()
  serveRpcOverHttp(app, router)
  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  const gone = new AbortController()
  const link = new FetchLink({
    url: `${address}/rpc`,
    fetch: (request, init) =>
      fetch(request, { ...init, signal: AbortSignal.any([request.signal, gone.signal]) }),
  })
  return { app, client: createORPCClient<Client>(link), vanish: () => gone.abort() }
}

async function connectOverHttp(router: RpcRouter): Promise<Connection> {
  const { app, client, vanish } = await listen(router)
  return { client, vanish, [Symbol.asyncDispose]: () => app.close() }
}

async function connectOverNodePort(router: RpcRouter): Promise<Connection> {
  const { port1, port2 } = new MessageChannel()
  serveRpcOverPort(port1, router)
  return windowAt(port2)
}

async function connectOverEmitterPort(router: RpcRouter): Promise<Connection> {
  const { port1, port2 } = new MessageChannel()
  const emitter = Object.assign(new EventEmitter(), {
    postMessage: (message: unknown) => port1.postMessage(message),
    start: () => {
      port1.on('message', (data) => emitter.emit('message', { data, ports: [] }))
      port1.on('close', () => emitter.emit('close'))
    },
    close: () => port1.close(),
  })
  serveRpcOverPort(emitter, router)
  return windowAt(port2)
}

async function windowAt(port: MessagePort): Promise<Connection> {
  const client = createORPCClient<Client>(new PortLink({ port }))
  port.start()
  const close = async () => port.close()
  return { client, vanish: () => port.close(), [Symbol.asyncDispose]: close }
}
