import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { runProgram } from '../support/run-program.ts'
import { startServer } from '../support/start-server.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const KEY = 'the-key-that-nobody-may-read'
const SECRETS = {
  payload: 'PAYLOAD-1f0c',
  result: 'RESULT-2ab7',
  printed: 'PRINTED-9d3e',
  logged: 'LOGGED-77aa',
  thrown: 'THROWN-4c4c',
  metadata: 'METADATA-5e5e',
}

const TASKS = `
  export function leaky({ kwargs }, context) {
    console.log('${SECRETS.printed}', kwargs)
    console.error('${SECRETS.printed}', kwargs)
    process.stdout.write('${SECRETS.printed}\\n')
    process.stderr.write('${SECRETS.printed} Error: ${SECRETS.printed}\\n')
    context.log.error('${SECRETS.logged}')
    return '${SECRETS.result}'
  }
  export function broken() { throw new Error('${SECRETS.thrown}') }
  export function gone() { process.stderr.write('Error: ${SECRETS.printed}\\n'); process.kill(process.pid, 'SIGKILL') }`

const linesIn = (folder: string) =>
  readdirSync(folder)
    .toSorted()
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').trim().split('\n'))

describe('the log files of the program', () => {
  it('tell of its life and of what went wrong, and never hold a key, an input or a result', async () => {
    using root = temporaryFolder()
    const [data, tasks] = [join(root.path, 'data'), join(root.path, 'tasks')]
    mkdirSync(tasks)
    writeFileSync(join(tasks, 'tasks.js'), TASKS)
    writeFileSync(join(tasks, 'half.js'), 'export const half = (')
    await using server = await startServer(
      ['--data', data, '--tasks', tasks, '--listen', '0=turbine,asynq', '--log-files', 'trace'],
      { PENSTOCK_API_KEY: KEY, PENSTOCK_LOG_LEVEL: 'warn' },
    )
    const ask = (path: string, init: RequestInit = {}) =>
      fetch(server.address + path, {
        ...init,
        headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
      })
    for (const type of ['leaky', 'broken', 'gone'])
      await ask('/api/v1/tasks', {
        method: 'POST',
        body: JSON.stringify({
          type,
          payload: { secret: SECRETS.payload, tag: SECRETS.metadata },
          max_retries: 0,
        }),
      })
    await ask('/api/v1/tasks', { method: 'POST', body: `{"type": "leaky", "payload": ${SECRETS.payload}` })
    await fetch(`${server.address}/api/v1/tasks?key=${KEY}`, { headers: { 'x-api-key': 'a-wrong-key-5f5f' } })
    const folder = join(data, 'logs')
    await vi.waitFor(
      async () => {
        const { counts } = (await (
          await ask('/rpc/overview', { method: 'POST', body: '{}' })
        )
          .json()
          .then((answer: unknown) => (answer as { json: unknown }).json)) as {
          counts: Record<string, number>
        }
        expect(counts).toMatchObject({ succeeded: 1, failed: 2 })
      },
      { timeout: 30_000 },
    )
    const told = await ask('/rpc/system/diagnostics', { method: 'POST', body: '{}' })
    const { json: fromWindow } = (await told.json()) as { json: string }
    const { stdout: fromTerminal } = await runProgram(['diagnostics', '--data', data])
    await server.end('SIGTERM')
    const lines = linesIn(folder)
    const said = lines.map((line) => JSON.parse(line) as { level: number; msg: string })
    expect(said.some(({ msg }) => msg === 'started')).toBe(true)
    expect(said.at(-1)!.msg).toBe('stopped in order')
    expect(said.some(({ msg }) => /half\.js/.test(msg))).toBe(true)
    expect(said.some(({ msg }) => /executor process/.test(msg))).toBe(true)
    for (const secret of [KEY, 'a-wrong-key-5f5f', ...Object.values(SECRETS)])
      expect(lines.filter((line) => line.includes(secret))).toEqual([])
    expect(server.stderr()).not.toContain('"started"')

    for (const text of [fromWindow, fromTerminal]) {
      expect(text).toMatch(/^Penstock 0\.\d+\.\d+/m)
      expect(text).toMatch(/^SQLite 3\.\d+\.\d+, schema \d+/m)
      expect(text).toMatch(/^tasks: 3$/m)
      expect(text).toMatch(/warn The executor process was killed/)
      expect(text).toMatch(/warn Task file half\.js could not be loaded/)
      for (const secret of [KEY, 'a-wrong-key-5f5f', ...Object.values(SECRETS), 'const half', homedir()])
        expect(text).not.toContain(secret)
    }
    for (const line of [
      /^needs a key: true$/m,
      /^failed: 2$/m,
      /^half\.js: /m,
      /^store: well/m,
      /127\.0\.0\.1:\d+: turbine, asynq$/m,
    ])
      expect(fromWindow).toMatch(line)
  })

  it('are left out when they are turned off, and cannot stop the broker', async () => {
    using root = temporaryFolder()
    const off = join(root.path, 'off')
    {
      await using server = await startServer(['--data', off, '--listen', '0=asynq', '--log-files', 'off'])
      expect((await fetch(`${server.address}/live`)).status).toBe(200)
      expect(readdirSync(off)).not.toContain('logs')
    }
    const blocked = join(root.path, 'blocked')
    mkdirSync(blocked)
    writeFileSync(join(blocked, 'logs'), 'a file where the folder should be')
    await using server = await startServer(['--data', blocked, '--listen', '0=asynq'])
    await server.untilSaid('stderr', /the log files in .* cannot be written/)
    expect((await fetch(`${server.address}/ready`)).status).toBe(200)
  })
})
