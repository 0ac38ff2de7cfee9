import { createRouterClient } from '@orpc/server'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { openTestBroker, type TestBroker } from '../../../test/support/open-test-broker.ts'
import { serveContract } from '../../../test/support/serve-contract.ts'
import type { NewConnection } from '../../shared/domain/connection.ts'
import { isBrokerError } from '../../shared/domain/errors.ts'
import { type Connections, openConnections } from './open-connections.ts'
import { programVersions } from './program-versions.ts'

const KEY = 'a-secret-of-this-test'
const until = (check: () => unknown) => vi.waitFor(check, { timeout: 20_000, interval: 20 })

describe('connections to brokers elsewhere', () => {
  let local: TestBroker
  let folder: string
  let connections: Connections
  beforeAll(async () => {
    local = await openTestBroker()
  })
  afterAll(() => local[Symbol.asyncDispose]())
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'penstock-connections-'))
    connections = open()
  })
  afterEach(async () => {
    await connections[Symbol.asyncDispose]()
    await rm(folder, { recursive: true })
  })
  const open = () =>
    openConnections({
      dataFolder: folder,
      keyVault: null,
      about: async () => programVersions('3.0.0'),
      logger: pino({ level: 'silent' }),
    })
  const to = (address: string, changes: Partial<NewConnection> = {}): NewConnection => ({
    name: 'there',
    address,
    dialect: null,
    colour: 'blue',
    isReadOnly: false,
    key: null,
    ...changes,
  })
  const callsTo = (name: string) => createRouterClient(connections.routerOf(name)!, { context: {} })
  const stateOf = async (name: string) =>
    (await connections.book.list()).connections.find((each) => each.name === name)?.state

  it('are recognised by asking, kept for the next start, and attached only when they are asked for', async () => {
    await using served = await serveContract(local.broker)
    const added = await connections.book.add(to(`${served.address}/`))
    expect(added).toMatchObject({
      name: 'there',
      address: served.address,
      dialect: 'contract',
      hasKey: false,
      state: { kind: 'closed' },
    })
    await connections[Symbol.asyncDispose]()
    connections = open()
    expect((await connections.book.list()).connections).toEqual([added])

    const status = await callsTo('there').system.status()

    expect(status).toMatchObject({ brokerName: 'there', dataFolder: '', canOpenFolders: false })
    expect(await stateOf('there')).toMatchObject({
      kind: 'connected',
      check: { dialect: 'contract', health: 'healthy', hasEvents: true },
    })
    await connections.book.close('there')
    expect(await stateOf('there')).toEqual({ kind: 'closed' })
  })

  it('do at the server what the window asks, and leave what is of this program to it', async () => {
    await using served = await serveContract(local.broker)
    await connections.book.add(to(served.address))
    const calls = callsTo('there')
    const [receipt] = await calls.tasks.submit({ tasks: [{ name: 'echo', queue: 'elsewhere' }] })
    expect(await local.broker.getTask(receipt!.id)).toMatchObject({ queue: 'elsewhere' })
    for (const refused of [calls.sample.run(), calls.connections.list(), calls.system.openTasksFolder()])
      await expect(refused).rejects.toMatchObject({ code: 'REFUSED', data: { code: 'NOT_SUPPORTED' } })
  })

  it('that are read-only send nothing that would change anything, and say so beforehand', async () => {
    await using served = await serveContract(local.broker)
    await connections.book.add(to(served.address, { isReadOnly: true }))
    const calls = callsTo('there')
    const { lastSeq } = await local.broker.overview()
    for (const change of [
      calls.tasks.submit({ tasks: [{ name: 'echo' }] }),
      calls.queues.setPaused({ name: 'default', isPaused: true }),
      calls.deadLetters.purge({ queue: 'default', selection: 'all' }),
      calls.schedules.delete({ id: 'x' }),
    ])
      await expect(change).rejects.toMatchObject({ data: { code: 'FORBIDDEN' } })
    expect((await local.broker.overview()).lastSeq).toBe(lastSeq)
    const { capabilities } = await calls.system.status()
    expect(capabilities.submit).toMatchObject({
      available: false,
      reason: expect.stringContaining('read-only'),
    })
    expect(capabilities.listTasks).toBe(true)
    expect((await calls.queues.list()).length).toBeGreaterThan(0)
  })

  it('that are lost say so at once, are tried again, and go on when the server is back', async () => {
    const first = await serveContract(local.broker)
    await connections.book.add(to(first.address))
    const calls = callsTo('there')
    await calls.overview()
    const events = (await calls.events({ after: 0 }))[Symbol.asyncIterator]()
    await events.next()
    await first[Symbol.asyncDispose]()
    await until(async () =>
      expect(await stateOf('there')).toMatchObject({ kind: 'lost', problem: 'unreachable' }),
    )
    // Its stream ends, so that whoever reads it knows that it is lost.
    for (let step = await events.next(); step.done !== true;) step = await events.next()
    // At once: before the event loop has turned, and with it anything could have been asked.
    const turned = new Promise((resolve) => setImmediate(resolve))
    await expect(Promise.race([calls.overview(), turned])).rejects.toMatchObject({
      data: { code: 'SERVICE_UNAVAILABLE' },
    })

    await using _again = await serveContract(local.broker, { port: Number(new URL(first.address).port) })

    await until(async () => expect(await stateOf('there')).toMatchObject({ kind: 'connected' }))
    expect((await calls.overview()).lastSeq).toBeGreaterThanOrEqual(0)
  })

  it('that refuse are not tried again by themselves, but when they are told to', async () => {
    await using served = await serveContract(local.broker, { apiKey: KEY })
    await connections.book.add(to(served.address, { dialect: 'contract', key: 'wrong' }))
    const { state } = await connections.book.open('there')
    expect(state).toMatchObject({ kind: 'lost', problem: 'refused', retryAt: null })
    const changed = await connections.book.change('there', { key: KEY })
    expect(changed).toMatchObject({ hasKey: true, state: { kind: 'closed' } })
    expect((await connections.book.open('there')).state).toMatchObject({ kind: 'connected' })
  })

  it('keep each key for the server it was given for, and forget it with the connection', async () => {
    const heard: (string | undefined)[] = []
    const listener = createServer((request, response) => {
      heard.push(request.headers.authorization)
      response.writeHead(200, { 'content-type': 'text/html' }).end('<b>not a broker</b>')
    })
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
    const other = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`
    await using served = await serveContract(local.broker, { apiKey: KEY })
    await connections.book.add(to(served.address, { key: KEY }))
    const keyFile = path.join(folder, 'connection-keys.json')
    if (process.platform !== 'win32') expect((await stat(keyFile)).mode & 0o077).toBe(0)
    expect(JSON.stringify(await connections.book.list())).not.toContain(KEY)
    const test = { name: 'there', dialect: 'contract' as const }
    expect(await connections.book.test({ ...test, address: served.address })).toMatchObject({
      health: 'healthy',
    })

    await expect(connections.book.test({ ...test, address: other })).rejects.toMatchObject({
      problem: 'wrong_server',
    })
    expect(await connections.book.change('there', { address: other })).toMatchObject({ hasKey: false })
    await connections.book.open('there')

    expect(heard.length).toBeGreaterThan(0)
    expect(heard.filter((key) => key !== undefined)).toEqual([])
    await connections.book.change('there', { key: KEY, name: 'renamed' })
    expect(await readFile(keyFile, 'utf8')).toContain('renamed')
    expect(await connections.book.remove('renamed')).toBe(true)
    expect(await readFile(keyFile, 'utf8')).not.toContain(KEY)
    listener.close()
    listener.closeAllConnections()
  })

  it('have names of their own', async () => {
    await connections.book.add(to('127.0.0.1:1', { dialect: 'contract' }))
    const again = await connections.book
      .add(to('127.0.0.1:2', { dialect: 'contract' }))
      .catch((e: unknown) => e)
    expect(isBrokerError(again, 'INVALID_REQUEST')).toBe(true)
    await expect(connections.book.open('nobody')).rejects.toThrow("no connection 'nobody'")
    expect(connections.routerOf('nobody')).toBeNull()
    expect(await connections.book.remove('nobody')).toBe(false)
  })
})
