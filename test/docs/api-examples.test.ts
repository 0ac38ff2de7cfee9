import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { DIALECT_INFO, DIALECTS, type ApiCall } from '../../src/renderer/screens/api/api-calls.ts'
import { LANGUAGES, writeCall, type Language } from '../../src/renderer/screens/api/write-call.ts'
import type { SystemStatus } from '../../src/shared/contract/contract.ts'
import type { TaskSummary } from '../../src/shared/domain/task.ts'
import { startServer, type ServerProcess } from '../support/start-server.ts'
import { temporaryFolder, type TemporaryFolder } from '../support/temporary-folder.ts'

/** The examples of the page API, run as they stand. */

const PROGRAMS: Readonly<Record<Language, { readonly file: string; readonly args: readonly string[] }>> = {
  // A refusal ends the program: these calls must succeed.
  curl: { file: 'sh', args: ['-c'] },
  python: { file: 'python3', args: ['-c'] },
  javascript: { file: process.execPath, args: ['--input-type=module', '-e'] },
}
const NEEDED: Readonly<Record<Language, string>> = {
  curl: 'curl',
  python: 'python3',
  javascript: process.execPath,
}
const runnable = LANGUAGES.filter((language) => {
  const isThere = spawnSync(NEEDED[language], ['--version'], { stdio: 'ignore' }).error === undefined
  if (!isThere) process.stdout.write(`The examples in ${language} are not run: there is none here.\n`)
  return isThere
})
const cases = runnable.flatMap((language) =>
  DIALECTS.flatMap((dialect) =>
    DIALECT_INFO[dialect].calls.map((call) => ({ language, dialect, call, title: call.title })),
  ),
)

/** Runs a program to its end, or until a stream has told something. */
async function run(language: Language, text: string, env: Record<string, string>, call: ApiCall) {
  const { file, args } = PROGRAMS[language]
  const child = spawn(file, [...args, text], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own: a shell would leave its curl behind.
    detached: true,
    env: { ...process.env, PENSTOCK_API_KEY: '', ...env },
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk
    if (
      call.isStream === true &&
      stdout.includes('data:') &&
      child.pid !== undefined &&
      child.exitCode === null &&
      child.signalCode === null
    )
      process.kill(-child.pid)
  })
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, stdout, stderr }
}

describe.each<[string, Record<string, string>]>([
  ['without a key', {}],
  ['with a key', { PENSTOCK_API_KEY: 'a key of several words' }],
])('the examples of the page API, on a broker %s', (_which, env) => {
  const headers = {
    'content-type': 'application/json',
    ...(env['PENSTOCK_API_KEY'] === undefined ? {} : { 'x-api-key': env['PENSTOCK_API_KEY'] }),
  }
  let folder: TemporaryFolder
  let server: ServerProcess
  let status: SystemStatus
  let task: TaskSummary

  const ask = async <Answer>(path: string, json?: unknown): Promise<Answer> => {
    const answer = await fetch(`${server.address}/rpc/${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ json }),
    })
    if (!answer.ok) throw new Error(await answer.text())
    return ((await answer.json()) as { json: Answer }).json
  }

  beforeAll(async () => {
    folder = temporaryFolder()
    server = await startServer(
      [
        `--data=${folder.path}/data`,
        `--tasks=${folder.path}/tasks`,
        '--listen=0=turbine,asynq',
        '--listen=0=dtqs,taskmanager,taskqueue',
      ],
      env,
    )
    status = await ask<SystemStatus>('system/status')
    // Until then some dialects refuse a submit.
    await vi.waitUntil(async () => (await ask<{ handlers: [] }>('handlers')).handlers.length > 0, 30_000)
    await ask('tasks/submit', { tasks: [{ name: 'demo', kwargs: '{"message": "Hello", "count": 1}' }] })
    task = (await ask<{ tasks: TaskSummary[] }>('tasks/list', {})).tasks[0]!
  })
  afterAll(async () => {
    await server[Symbol.asyncDispose]()
    folder[Symbol.dispose]()
  })

  it.each(cases)('$dialect in $language: $title', async ({ language, dialect, call }) => {
    const address = status.listeners.find(({ dialects }) => dialects.includes(dialect))!.address
    const text = writeCall(language, call, { address, task, isKeyRequired: status.isKeyRequired })
    const isWanted = env['PENSTOCK_API_KEY'] !== undefined
    expect(status.isKeyRequired).toBe(isWanted)

    // A stream tells what happens from now on, so something has to.
    const submitOne = () =>
      void ask('tasks/submit', { tasks: [{ name: 'demo', kwargs: '{"count": 1}' }] }).catch(() => undefined)
    const ticking = call.isStream === true ? setInterval(submitOne, 250) : undefined
    const { code, stdout, stderr } = await run(language, text, env, call).finally(() =>
      clearInterval(ticking),
    )

    if (call.isStream === true) expect(stdout).toContain('data:')
    else expect({ code, stdout: stdout.trim() !== '' }, stderr).toEqual({ code: 0, stdout: true })
    // curl ends well whatever the answer says; a refusal of any dialect names itself.
    expect(stdout).not.toMatch(/UNAUTHORIZED|"detail"|not.?found|unauthori/i)
    expect(stdout).not.toMatch(/"error": ?[{"]/)
  })
})
