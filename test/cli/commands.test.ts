import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runProgram } from '../support/run-program.ts'
import { type ServerProcess, startServer } from '../support/start-server.ts'
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts'

const CLI = join(import.meta.dirname, '../../out/server/cli.js')
const KEY = 'the key of this test'

let folder: TemporaryFolder
let data: string
let server: ServerProcess
beforeAll(async () => {
  folder = temporaryFolder()
  data = join(folder.path, 'data')
  server = await startServer(['--data', data, '--listen', '0=turbine,asynq'])
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  folder[Symbol.dispose]()
})

const start = (args: readonly string[], env: Record<string, string> = {}): ChildProcess =>
  spawn(process.execPath, [CLI, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })

/** Runs a command to its end. Unless it says otherwise, it finds the running broker by its data folder. */
async function run(args: readonly string[], env?: Record<string, string>) {
  const child = start([...args, '--data', data], env)
  const output = { stdout: '', stderr: '' }
  child.stdout!.setEncoding('utf8').on('data', (text: string) => (output.stdout += text))
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (output.stderr += text))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, ...output }
}

const submit = async (...args: readonly string[]) => (await run(['submit', ...args])).stdout.trim()

describe('the command line', () => {
  it('submits a task, waits for its end, and shows it with exact integers', async () => {
    const ended = await run([
      'submit',
      'demo',
      '{"count":1,"id":12345678901234567890}',
      '--queue',
      'one',
      '--wait',
      '--json',
    ])
    expect(ended.code).toBe(0)
    expect(JSON.parse(ended.stdout)).toMatchObject({ state: 'succeeded', queue: 'one' })
    expect(ended.stdout).toContain('12345678901234567890')
    const { id } = JSON.parse(ended.stdout) as { id: string }
    const shown = await run(['get', id])
    expect(shown.stdout).toMatch(/state: +succeeded/)
    expect(shown.stderr).toBe('')
  })

  it('ends with 1 when the task it waits for fails, and says so', async () => {
    const ended = await run(['submit', 'fail', '{"message":"no luck"}', '--max-retries', '0', '--wait'])
    expect(ended.code).toBe(1)
    expect(ended.stdout).toContain('no luck')
    expect(ended.stderr).toContain('has failed')
  })

  it('lists, cancels and runs again', async () => {
    const id = await submit('sleep', '{"ms":1}', '--queue', 'listed', '--at', '2999-01-01T00:00:00Z')
    expect((await run(['list', '--queue', 'listed', '--state', 'scheduled'])).stdout).toContain(id)
    expect(await run(['cancel', id])).toMatchObject({ code: 0, stdout: `${id}  cancelled\n` })
    const again = (await run(['retry', id])).stdout.trim()
    expect(JSON.parse((await run(['get', again, '--json'])).stdout)).toMatchObject({ replayOf: id })
  })

  it.each([
    [['get', 'nope'], 3, /not found/],
    [['list', '--state', 'nope'], 2, /Choose from/],
    [['submit', 'demo', 'no json'], 2, /must be JSON/],
    [['submit', 'demo', '{}', '--priority', '11'], 2, /0 to 10/],
    [['nope'], 2, /unknown command/],
    [['list', '--broker', 'http://127.0.0.1:1'], 4, /cannot be reached/],
    [['list', '--broker', 'nowhere'], 3, /no connection 'nowhere'/],
    [['list', '--broker', 'ftp://127.0.0.1'], 2, /only http and https/],
  ] as const)('%j ends with %i and one line that says why', async (args, code, words) => {
    const ended = await run(args)
    expect(ended).toMatchObject({ code, stdout: '' })
    expect(ended.stderr).toMatch(words)
    expect(ended.stderr).not.toContain('    at ')
  })

  it('destroys nothing without --yes where there is nobody to ask', async () => {
    const id = await submit('sleep', '{"ms":1}', '--queue', 'doomed', '--at', '2999-01-01T00:00:00Z')
    const refused = await run(['purge', 'doomed'])
    expect(refused.code).toBe(2)
    expect(refused.stderr).toContain('deletes the 1 waiting tasks')
    expect((await run(['get', id])).code).toBe(0)
    expect(await run(['purge', 'doomed', '--yes'])).toMatchObject({ code: 0, stdout: '1 deleted\n' })
    expect((await run(['get', id])).code).toBe(3)
  })

  it('tails events as they come, and goes on after the connection was lost', async () => {
    const other = temporaryFolder()
    const otherData = join(other.path, 'data')
    const first = await startServer(['--data', otherData, '--listen', '0=turbine,asynq'])
    const { port } = new URL(first.address)
    const child = start([
      'tail',
      '--broker',
      first.address,
      '--type',
      'task.submitted',
      '--after',
      '0',
      '--count',
      '2',
      '--json',
    ])
    const closed = once(child, 'close')
    const lines: string[] = []
    let errors = ''
    child.stdout!.setEncoding('utf8').on('data', (text: string) => lines.push(...text.trim().split('\n')))
    child.stderr!.setEncoding('utf8').on('data', (text: string) => (errors += text))
    const one = start(['submit', 'sleep', '{"ms":1}', '--broker', first.address])
    await once(one, 'close')
    while (lines.length === 0) await once(child.stdout!, 'data')
    first.child.kill('SIGTERM')
    await once(first.child, 'exit')
    while (!errors.includes('Trying again')) await once(child.stderr!, 'data')
    await using second = await startServer(['--data', otherData, '--listen', `${port}=turbine,asynq`])
    await once(start(['submit', 'sleep', '{"ms":1}', '--broker', second.address]), 'close')
    const [code] = (await closed) as [number]
    expect(code).toBe(0)
    const events = lines.map((line) => JSON.parse(line) as { seq: number; type: string })
    expect(events.map(({ type }) => type)).toEqual(['task.submitted', 'task.submitted'])
    expect(events[1]!.seq).toBeGreaterThan(events[0]!.seq)
    await second[Symbol.asyncDispose]()
    other[Symbol.dispose]()
  })

  it('shows queues and workers once where there is no terminal', async () => {
    await submit('sleep', '{"ms":1}', '--queue', 'seen')
    const { code, stdout } = await run(['top'])
    expect(code).toBe(0)
    expect(stdout).toContain('seen')
    expect(stdout).toContain('WORKER')
    expect(stdout).not.toContain('\u001b')
  })

  it('exports every page as JSON Lines, and as CSV in which no text is a formula', async () => {
    const tasks = Array.from({ length: 250 }, (_, n) => ({
      type: 'demo',
      queue: 'out',
      payload: { n },
      process_at: '2999-01-01T00:00:00Z',
    }))
    for (const task of tasks)
      await fetch(`${server.address}/api/v1/tasks`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(task),
      })
    const hostile = await submit('=cmd()|calc', '{}', '--queue', 'out', '--at', '2999-01-01T00:00:00Z')
    const jsonl = await run(['export', '--queue', 'out'])
    const lines = jsonl.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: string; kwargs: { n?: number } })
    expect(lines.map(({ kwargs }) => kwargs.n)).toEqual([...tasks.keys(), undefined])
    expect(jsonl.stderr).toContain('251 of 251')
    const csv = (await run(['export', '--queue', 'out', '--format', 'csv'])).stdout.trim().split('\r\n')
    expect(csv).toHaveLength(252)
    expect(csv.at(-1)).toContain(hostile)
    expect(csv.at(-1)).toMatch(/,"?'=cmd/)
  })

  it('shows nothing of a task that could steer the terminal', async () => {
    const id = await submit('evil\u001b[2J\u202e', '{}', '--at', '2999-01-01T00:00:00Z')
    for (const args of [
      ['get', id],
      ['list', '--limit', '5'],
    ])
      expect((await run(args)).stdout).not.toMatch(/[\u001b\u202e]/)
  })

  it('keeps connections with their keys apart, and refuses to change what is read-only', async () => {
    const other = temporaryFolder()
    await using guarded = await startServer(
      ['--data', join(other.path, 'data'), '--listen', '0=turbine,asynq'],
      { PENSTOCK_API_KEY: KEY },
    )
    const added = await run(
      [
        'connections',
        'add',
        'prod',
        guarded.address,
        '--read-only',
        '--colour',
        'red',
        '--key-from-env',
        'PROD_KEY',
      ],
      { PROD_KEY: KEY },
    )
    expect(added).toMatchObject({ code: 0, stderr: expect.stringMatching(/^http:\S+ is a Penstock\.\n$/) })
    expect((await run(['connections', 'list'])).stdout).toMatch(/prod .* red .*read-only/)
    expect((await run(['connections', 'test', 'prod'])).stdout).toContain('healthy')
    expect((await run(['list', '--broker', 'prod'])).code).toBe(0)
    const refused = await run(['submit', 'demo', '--broker', 'prod'])
    expect(refused).toMatchObject({ code: 5, stdout: '' })
    expect(refused.stderr).toContain('read-only')
    expect((await run(['list', '--broker', guarded.address])).code).toBe(5)
    expect(readFileSync(join(data, 'connections.json'), 'utf8')).not.toContain(KEY)
    const keys = join(data, 'connection-keys.json')
    expect(readFileSync(keys, 'utf8')).toContain(KEY)
    if (process.platform !== 'win32') expect(statSync(keys).mode & 0o777).toBe(0o600)
    expect((await run(['connections', 'remove', 'prod', '--yes'])).code).toBe(0)
    expect(readFileSync(keys, 'utf8')).not.toContain(KEY)
    await guarded[Symbol.asyncDispose]()
    other[Symbol.dispose]()
  })

  it.each(['bash', 'zsh', 'fish'])('prints completions that %s can read', async (shell) => {
    const { code, stdout } = await runProgram(['completion', shell])
    expect(code).toBe(0)
    for (const word of ['submit', 'tail', 'connections', 'dead-letters']) expect(stdout).toContain(word)
    const checked = spawnSync(shell, ['-n'], { input: stdout, encoding: 'utf8' })
    if (checked.error === undefined) expect(checked).toMatchObject({ status: 0, stderr: '' })
  })

  it('says where it listens for as long as it runs', async () => {
    const other = temporaryFolder()
    const file = join(other.path, 'data', 'listeners.json')
    const own = await startServer(['--data', join(other.path, 'data'), '--listen', '0=turbine'])
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ addresses: [own.address] })
    own.child.kill('SIGTERM')
    await once(own.child, 'exit')
    expect(existsSync(file)).toBe(false)
    other[Symbol.dispose]()
  })

  it("is not misled by what a program that was killed has left: its address may be another one's now", async () => {
    const other = temporaryFolder()
    const folder = join(other.path, 'data')
    const own = await startServer(['--data', folder, '--listen', '0=turbine'])
    own.child.kill('SIGKILL')
    await once(own.child, 'exit')
    let asked = 0
    const stranger = createServer((_request, response) => {
      asked += 1
      response.end()
    }).listen(Number(new URL(own.address).port), '127.0.0.1')
    await once(stranger, 'listening')
    expect(existsSync(join(folder, 'listeners.json'))).toBe(true)
    await once(start(['list', '--data', folder], { PENSTOCK_API_KEY: KEY }), 'close')
    expect(asked).toBe(0)
    stranger.close()
    other[Symbol.dispose]()
  })

  it('talks to a server in any format that it speaks, and says what that format cannot do', async () => {
    const other = temporaryFolder()
    const folder = join(other.path, 'data')
    const own = await startServer(['--data', folder, '--listen', '0=turbine', '0=taskmanager'])
    const { addresses } = JSON.parse(readFileSync(join(folder, 'listeners.json'), 'utf8'))
    const port = addresses[1] as string
    const submitted = await run(['submit', 'demo', '{"count": 1}', '--broker', port])
    expect(submitted).toMatchObject({ code: 0, stderr: '' })
    const id = submitted.stdout.trim()
    expect((await run(['get', id, '--broker', port, '--speaks', 'taskmanager', '--json'])).stdout).toContain(
      id,
    )
    const refused = await run(['list', '--broker', port])
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('lists none') })
    const wrong = await run(['get', id, '--broker', port, '--speaks', 'turbine'])
    expect(wrong.code).toBe(4)
    await own[Symbol.asyncDispose]()
    other[Symbol.dispose]()
  })
})
