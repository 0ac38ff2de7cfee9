import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { once } from 'node:events'
import { describe, expect, it, vi } from 'vitest'
import { isAlive } from '../support/process-life.ts'
import { startServer } from '../support/start-server.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const ROUNDS = Number(process.env['KILL_ROUNDS'] ?? 3)
const SUBMITS = 1000
/** It runs until there is a file. That it is another attempt says nothing: one that was not begun is not counted. */
const HOLD = `
  import { existsSync } from 'node:fs'
  export async function hold({ kwargs }: any) {
    while (!existsSync(kwargs.until)) await new Promise((done) => setTimeout(done, 20))
  }`

interface Listed {
  readonly task_id: string
  readonly state: string
}

async function listAll(address: string): Promise<readonly Listed[]> {
  const all: Listed[] = []
  for (;;) {
    const response = await fetch(`${address}/api/tasks?limit=1000&offset=${all.length}`)
    const { tasks } = (await response.json()) as { tasks: readonly Listed[] }
    if (tasks.length === 0) return all
    all.push(...tasks)
  }
}

describe('kill -9 of the broker', { timeout: 60_000 * ROUNDS }, () => {
  it(`in the middle of ${SUBMITS} submits loses none that was acknowledged, in ${ROUNDS} rounds`, async () => {
    using folder = temporaryFolder()
    const tasks = join(folder.path, 'tasks')
    mkdirSync(tasks)
    writeFileSync(join(tasks, 'count.ts'), 'export const count = ({ kwargs }: any) => kwargs.n\n')
    const args = ['--data', join(folder.path, 'data'), '--tasks', tasks, '--listen', '0=turbine,asynq']
    const acknowledged = new Set<string>()

    for (let round = 1; round <= ROUNDS; round += 1) {
      await using server = await startServer(args)
      const stopAfter = Math.floor((SUBMITS * round) / (ROUNDS + 1))
      let sent = 0
      const submitUntilItIsGone = async () => {
        while (sent < SUBMITS) {
          const body = JSON.stringify({ type: 'demo', payload: { n: (sent += 1) }, queue: `round-${round}` })
          const response = await fetch(`${server.address}/api/v1/tasks`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body,
          }).catch(() => null)
          if (response === null) return
          const answer = (await response.json().catch(() => null)) as { task_id: string } | null
          if (answer === null) return
          // Just started, it may not be able to tell yet what there are handlers for, and says so.
          if (response.status === 503) continue
          expect(response.status).toBe(201)
          acknowledged.add(answer.task_id)
          if (acknowledged.size % SUBMITS >= stopAfter && server.child.signalCode === null)
            server.child.kill('SIGKILL')
        }
      }
      await Promise.all(Array.from({ length: 8 }, submitUntilItIsGone))
      if (server.child.signalCode === null) await once(server.child, 'exit')
      expect(server.child.signalCode).toBe('SIGKILL')
    }

    await using server = await startServer(args)
    const listed = await listAll(server.address)
    const states = new Map(listed.map(({ task_id: id, state }) => [id, state]))
    expect([...acknowledged].filter((id) => !states.has(id))).toEqual([])
    expect(new Set(listed.map(({ task_id: id }) => id)).size).toBe(listed.length)
    for (const state of states.values()) expect(['pending', 'running', 'retry', 'success']).toContain(state)
  })

  it('leaves no process behind, and its unfinished tasks go on in the next one', async () => {
    using folder = temporaryFolder()
    const tasks = join(folder.path, 'tasks')
    mkdirSync(tasks)
    writeFileSync(join(tasks, 'hold.ts'), HOLD)
    const until = join(folder.path, 'go-on')
    const args = ['--data', join(folder.path, 'data'), '--tasks', tasks, '--listen', '0=turbine,asynq']
    const ask = async <Answer>(address: string, path: string) =>
      (await fetch(`${address}${path}`)).json() as Promise<Answer>
    let id: string
    let executor: number
    {
      await using server = await startServer(args)
      const response = await fetch(`${server.address}/api/v1/tasks`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ type: 'hold', payload: { until } }),
      })
      id = ((await response.json()) as { task_id: string }).task_id
      await untilState(server.address, id, 'running')
      executor = (await ask<{ workers: { pid: number }[] }>(server.address, '/api/workers')).workers[0]!.pid
      server.child.kill('SIGKILL')
      await once(server.child, 'exit')
    }
    writeFileSync(until, '')
    await using server = await startServer(args)
    await untilState(server.address, id, 'success')
    const task = await ask(server.address, `/api/tasks/${id}`)
    expect(task).toMatchObject({ state: 'success', error: null })
    await vi.waitUntil(() => !isAlive(executor), { timeout: 20_000 })
  })
})

/** Follows the events, so that nothing is waited for by the clock. */
async function untilState(address: string, id: string, state: string): Promise<void> {
  const stop = new AbortController()
  const events = await fetch(`${address}/api/events`, { signal: stop.signal })
  const reader = events.body!.getReader()
  try {
    for (;;) {
      const task = (await (await fetch(`${address}/api/tasks/${id}`)).json()) as { state: string }
      if (task.state === state) return
      await reader.read()
    }
  } finally {
    stop.abort()
  }
}
