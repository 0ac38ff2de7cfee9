import Database from 'better-sqlite3'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { runServer, type ServerProcess, startServer } from '../support/start-server.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const PAGE_BYTES = 4096

/** Listens on a port, or finds that somebody does already. */
async function occupy(port: number): Promise<Server> {
  const server = createServer().listen(port, '127.0.0.1')
  await once(server, 'listening').catch(() => {})
  return server
}

async function overviewOf({ address }: ServerProcess): Promise<{ readonly lastSeq: number }> {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(`${address}/rpc/overview`, { method: 'POST', headers, body: '{}' })
  return ((await answer.json()) as { json: { lastSeq: number } }).json
}

describe('the command line', () => {
  it.each([
    ['SIGTERM', 'SIGTERM'],
    ['SIGINT', 'SIGINT'],
  ] as const)('stops in order on %s, with code 0 and nothing left running', async (_name, signal) => {
    using folder = temporaryFolder()
    await using server = await startServer(['--data', folder.path, '--listen', '0=turbine,asynq'])
    const { workers } = (await (await fetch(`${server.address}/api/workers`)).json()) as {
      workers: { pid: number }[]
    }
    const stream = await fetch(`${server.address}/api/events`)
    server.child.kill(signal)
    const [code] = (await once(server.child, 'exit')) as [number]
    expect(code).toBe(0)
    await stream.text().catch(() => '')
    expect(() => process.kill(workers[0]!.pid, 0)).toThrow(/ESRCH/)
  })

  it('says who to ask for when the port is busy', async () => {
    using folder = temporaryFolder()
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    const exit = await runServer(['--data', folder.path, '--listen', `${port}=turbine,asynq`])
    other.close()
    expect(exit).toMatchObject({ code: 1, stdout: '' })
    expectOneLine(exit.stderr, new RegExp(`Port ${port} .* is in use.*--listen ${port + 1}=turbine,asynq`))
  })

  it('makes way when it is started with no ports of its own and they are taken, and says so', async () => {
    using folder = temporaryFolder()
    // Where somebody else has them already, so much the better.
    const others = await Promise.all([8080, 8000].map(occupy))
    await using server = await startServer(['--data', folder.path], {}, 'start')
    await server.untilSaid('stderr', /data in /)
    for (const other of others) other.close()
    for (const port of [8080, 8000])
      expect(server.stderr()).toMatch(
        new RegExp(`port ${port} is in use by another program; what was to be there is at http://\\S+:\\d+/`),
      )
    expect((await fetch(`${server.address}/api/health`)).status).toBe(200)
  })

  it('names every listener when one of several cannot be had', async () => {
    using folder = temporaryFolder()
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    const listeners = ['--listen', '0=turbine', `${port}=taskqueue`, '--listen', `${port + 1}=dtqs`]
    const exit = await runServer(['--data', folder.path, ...listeners])
    other.close()
    expectOneLine(
      exit.stderr,
      new RegExp(`--listen 0=turbine --listen ${port + 2}=taskqueue --listen ${port + 1}=dtqs`),
    )
  })

  it('serves every dialect of its port on both of two listeners', async () => {
    using folder = temporaryFolder()
    const listeners = ['--listen', '0=turbine,asynq', '0=dtqs,taskmanager,taskqueue']
    await using server = await startServer(['--data', folder.path, ...listeners])
    await server.untilSaid('stdout', /listening on .*\n.*listening on .*\n/)
    const [first, second, ...others] = server.stdout().matchAll(/listening on (\S+)\/ \((.*)\)/g)
    expect(others).toEqual([])

    expect([first![2], second![2]]).toEqual(['turbine, asynq', 'dtqs, taskmanager, taskqueue'])
    for (const path of [`${first![1]}/live`, `${second![1]}/dashboard`, `${second![1]}/api/tasks/`])
      expect((await fetch(path)).status).toBe(200)
  })

  it('names the other instance when the data folder is in use, which runs on', async () => {
    using folder = temporaryFolder()
    await using first = await startServer(['--data', folder.path, '--listen', '0=turbine'])
    const exit = await runServer(['--data', folder.path, '--listen', '0=turbine'])
    expect(exit.code).toBe(1)
    expectOneLine(
      exit.stderr,
      new RegExp(`in use by another Penstock \\(process ${first.child.pid}\\).*--data`),
    )
    expect((await fetch(`${first.address}/api/health`)).status).toBe(200)
  })

  it('opens a folder at once whose last owner was killed', async () => {
    using folder = temporaryFolder()
    const args = ['--data', folder.path, '--listen', '0=turbine']
    {
      await using first = await startServer(args)
      first.child.kill('SIGKILL')
      await once(first.child, 'exit')
    }
    await using second = await startServer(args)
    expect((await fetch(`${second.address}/api/health`)).status).toBe(200)
  })

  it('moves a damaged database aside, unchanged, says so at every turn, and begins an empty one', async () => {
    using folder = temporaryFolder()
    const text = 'no database'.repeat(1000)
    writeFileSync(join(folder.path, 'penstock.db'), text)
    const args = ['--data', folder.path, '--listen', '0=turbine']
    const healthOf = async ({ address }: ServerProcess) =>
      (await (await fetch(`${address}/api/health`)).json()) as { status: string }
    {
      await using server = await startServer(args)
      const [aside, ...others] = readdirSync(folder.path).filter((name) => name.includes('.damaged-'))
      expect(aside).toMatch(/^penstock\.db\.damaged-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ$/)
      expect(others).toEqual([])
      expect(readFileSync(join(folder.path, aside!), 'utf8')).toBe(text)
      expect(await healthOf(server)).toMatchObject({ status: 'degraded' })
      await server.end('SIGTERM')
      const plain = server
        .stderr()
        .split('\n')
        .filter((line) => !line.startsWith('{'))
      expect(plain[0]).toMatch(new RegExp(`penstock\\.db was damaged .*moved to .*${aside}.*\\.recover`))
    }
    await using server = await startServer(args)
    expect(await healthOf(server)).toMatchObject({ status: 'healthy' })
    await server.untilSaid('stderr', /data in /)
    expect(server.stderr()).not.toMatch(/damaged/)
  })

  it('looks at all of a database after an unclean end, and stops writing when it is damaged', async () => {
    using folder = temporaryFolder()
    const args = ['--data', folder.path, '--listen', '0=turbine,asynq']
    const file = join(folder.path, 'penstock.db')
    const submit = (address: string, text: string) =>
      fetch(`${address}/api/v1/tasks`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ type: 'sleep', payload: { text }, process_at: '2090-01-01T00:00:00Z' }),
      })
    {
      await using server = await startServer(args)
      for (let count = 0; count < 20; count += 1)
        await submit(server.address, `${count} ${'x'.repeat(20_000)}`)
      // What is not in the index of searches yet would be read at the next start.
      const { lastSeq } = await overviewOf(server)
      const db = new Database(file, { readonly: true })
      const indexed = db.prepare("SELECT value FROM background_cursors WHERE name = 'search.seq'").pluck()
      await vi.waitUntil(() => ((indexed.get() as number | undefined) ?? 0) >= lastSeq, { timeout: 20_000 })
      db.close()
      await server.end('SIGTERM')
    }
    const bytes = readFileSync(file)
    // A page that holds nothing but the text of one task, after the number of the next: no start looks there.
    const text = Buffer.alloc(PAGE_BYTES - 4, 'x')
    const holdsText = (page: number) =>
      text.equals(bytes.subarray(page * PAGE_BYTES + 4, (page + 1) * PAGE_BYTES))
    const page = Array.from({ length: bytes.length / PAGE_BYTES }, (_, index) => index).findLast(holdsText)!
    bytes.fill(0xa5, page * PAGE_BYTES, (page + 1) * PAGE_BYTES)
    writeFileSync(file, bytes)
    {
      await using server = await startServer(args)
      await submit(server.address, 'so that there is a log')
      server.child.kill('SIGKILL')
      await once(server.child, 'exit')
    }
    await using server = await startServer(args)
    await server.untilSaid('stderr', /is damaged .*Nothing is written any more/)
    await vi.waitUntil(async () => (await fetch(`${server.address}/ready`)).status !== 200, {
      timeout: 20_000,
    })
    const refused = await submit(server.address, 'too late')
    expect(refused.status).toBe(503)
    expect(await refused.text()).toMatch(/damaged/)
    expect(await server.end('SIGTERM')).toEqual({ code: 0, signal: null })
    expect(server.stderr().match(/"msg":"the database/g)).toHaveLength(1)
  })

  it.each([
    ['a dialect nobody knows', ['--listen', '0=klingon'], /no dialect 'klingon'.*turbine, asynq/],
    [
      'a listen text that is none',
      ['--listen', 'nonsense'],
      /'--listen nonsense' is not understood.*8080=turbine/,
    ],
    ['a foreign address without a key', ['--listen', '0.0.0.0:0=turbine'], /PENSTOCK_API_KEY/],
    [
      'an address that is not ours',
      ['--listen', '192.0.2.1:0=turbine', '--api-key', 'k'],
      /no address of this machine/,
    ],
    ['an option it does not know', ['--nope'], /unknown option '--nope'/],
    ['half a thread', ['--threads', '0.5'], /whole number/],
    ['a pool that is none', ['--pool', 'mail'], /'--pool mail' is not understood.*mail=4:mail,newsletter/],
    ['two pools of one name', ['--pool', 'a=1', 'a=2'], /Two pools are named 'a'/],
    ['threads beside pools', ['--threads', '2', '--pool', 'a=1'], /either --threads.*or --pool/],
  ])('refuses %s in one clear line', async (_what, args, message) => {
    using folder = temporaryFolder()
    const exit = await runServer(['--data', folder.path, ...args])
    expect(exit).toMatchObject({ code: 1, stdout: '' })
    expectOneLine(exit.stderr, message)
  })

  it('never writes its key anywhere', async () => {
    using folder = temporaryFolder()
    const key = 'a-very-secret-key'
    await using server = await startServer(['--data', folder.path, '--listen', '0=turbine,asynq'], {
      PENSTOCK_API_KEY: key,
    })
    expect((await fetch(`${server.address}/api/health`)).status).toBe(401)
    const asked = await fetch(`${server.address}/api/overview`, {
      headers: { authorization: `Bearer ${key}` },
    })
    expect(asked.status).toBe(200)
    const wrong = await fetch(`${server.address}/api/overview?api_key=${key}`, {
      headers: { 'x-api-key': 'wrong' },
    })
    expect(wrong.status).toBe(401)
    await server.end('SIGTERM')
    expect(server.stderr()).not.toContain(key)
  })
})

function expectOneLine(text: string, pattern: RegExp): void {
  expect(text).toMatch(pattern)
  expect(text.trimEnd().split('\n')).toHaveLength(1)
}
