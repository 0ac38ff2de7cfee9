import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isFinal, type TaskState } from '../../src/shared/domain/state.ts'
import { dice } from '../support/dice.ts'
import { type ServerProcess, startServer } from '../support/start-server.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { checkStored, type SeenStore } from './check-stored.ts'
import { emptyLedger, type Ledger, LOAD_TASKS, startLoad } from './kill-load.ts'

/** Kills of one run; the long run asks for more. */
const ROUNDS = Number(process.env['KILL_ROUNDS'] ?? 6)
/** A failure names it. The same seed makes the same load and the same kills, not the same moments. */
const SEED = Number(process.env['KILL_SEED'] ?? randomInt(2 ** 31))
/** Kills of one data folder; then another begins, so that checking stays quick. */
const ROUNDS_OF_A_FOLDER = 10
const VICTIMS = ['broker', 'executor', 'both'] as const

describe(`kill -9 under load, ${ROUNDS} rounds (seed ${SEED})`, { timeout: 60_000 + 20_000 * ROUNDS }, () => {
  it('of the broker, of the executor and of both loses nothing, doubles nothing, and all goes on to its end', async () => {
    const random = dice(SEED)
    for (let round = 0; round < ROUNDS; round += ROUNDS_OF_A_FOLDER)
      await expectToLiveThrough(Math.min(ROUNDS_OF_A_FOLDER, ROUNDS - round), random)
  })
})

/** One data folder: so many kills, then the end of everything that was begun. */
async function expectToLiveThrough(rounds: number, random: () => number): Promise<void> {
  using folder = temporaryFolder()
  const file = join(folder.path, 'data', 'penstock.db')
  const runsFile = join(folder.path, 'runs.txt')
  const tasks = join(folder.path, 'tasks')
  mkdirSync(tasks)
  writeFileSync(join(tasks, 'load.ts'), LOAD_TASKS)
  writeFileSync(runsFile, '')
  const ledger = emptyLedger()
  const seen: SeenStore = { finals: new Map() }
  const start = (round: number) =>
    startServer(
      [
        '--data',
        join(folder.path, 'data'),
        '--tasks',
        tasks,
        '--listen',
        '0=turbine,asynq',
        '--threads',
        '3',
      ],
      { RUNS_FILE: runsFile, BROKER_ROUND: String(round) },
    )

  let server: ServerProcess | null = null
  try {
    for (let round = 1; round <= rounds; round += 1) {
      server ??= await start(round)
      const victim = VICTIMS[(round - 1) % VICTIMS.length]!
      const load = startLoad(server.address, ledger, random)
      await load.acknowledged(20 + Math.floor(random() * 200))
      const executor = await executorOf(server)
      if (victim !== 'broker') process.kill(executor, 'SIGKILL')
      if (victim === 'executor') {
        await untilAnotherExecutor(server, executor)
        await load.acknowledged(20 + Math.floor(random() * 50))
      } else {
        server.child.kill('SIGKILL')
        await once(server.child, 'exit')
        server = null
      }
      await load.stop()
      checkStored(server === null ? copyOf(file) : file, { ledger, seen, round })
    }
    server ??= await start(rounds + 1)
    // Asks again what is unsure, and nothing new.
    await startLoad(server.address, ledger, random).stop()
    await untilAllEnded(server)
    const states = checkStored(file, { ledger, seen, round: rounds + 1 })
    expect(Object.keys(states).filter((state) => !isFinal(state as TaskState))).toEqual([])
    expect(states['succeeded']).toBeGreaterThan(0)
    checkRuns(runsFile, ledger, seen)
    expect(server.stderr()).not.toMatch(/could not be written/)
  } finally {
    await server?.[Symbol.asyncDispose]()
  }
}

/** What the handlers themselves saw: nothing ran beside itself, or again after its end. */
function checkRuns(runsFile: string, ledger: Ledger, { finals }: SeenStore): void {
  const runs = readFileSync(runsFile, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split(' ') as [id: string, attempt: string, round: string])
  // One attempt twice under one broker would be two leases of one task.
  expect(runs.length).toBeGreaterThan(0)
  expect(new Set(runs.map((run) => run.join(' '))).size, 'attempts that ran twice').toBe(runs.length)
  for (const [id, , round] of runs) {
    const { row, round: endedIn } = finals.get(id)!
    expect(Number(round), `${id} ran after it was ${row.state}`).toBeLessThanOrEqual(endedIn)
  }
  const ran = new Set(runs.map(([id]) => id))
  for (const id of ledger.submitted.values())
    if (finals.get(id)!.row.state === 'succeeded') expect(ran.has(id)).toBe(true)
}

function copyOf(file: string): string {
  const copy = join(file, '..', '..', 'copy')
  rmSync(copy, { recursive: true, force: true })
  mkdirSync(copy)
  for (const suffix of ['', '-wal']) cpSync(`${file}${suffix}`, join(copy, `penstock.db${suffix}`))
  return join(copy, 'penstock.db')
}

async function ask<Answer>(server: ServerProcess, path: string): Promise<Answer> {
  return (await fetch(`${server.address}${path}`)).json() as Promise<Answer>
}

async function findExecutor(server: ServerProcess): Promise<number> {
  const { workers } = await ask<{ workers: { pid: number }[] }>(server, '/api/workers')
  return workers[0]?.pid ?? 0
}

/** The process that runs the tasks, once there is one. */
const executorOf = (server: ServerProcess) =>
  untilFound(server, async () => {
    const pid = await findExecutor(server)
    return pid === 0 || pid === server.child.pid ? null : pid
  })

const untilAnotherExecutor = (server: ServerProcess, before: number) =>
  untilFound(server, async () => {
    const pid = await findExecutor(server)
    return pid === 0 || pid === before ? null : pid
  })

const untilAllEnded = (server: ServerProcess) =>
  untilFound(server, async () => {
    const queues = await ask<Record<'pending' | 'active' | 'scheduled' | 'retry', number>[]>(
      server,
      '/api/v1/queues/stats',
    )
    const left = queues.map(({ pending, active, scheduled, retry }) => pending + active + scheduled + retry)
    return left.every((count) => count === 0) ? true : null
  })

/** Looks again at each event. */
async function untilFound<Found>(server: ServerProcess, look: () => Promise<Found | null>): Promise<Found> {
  const stop = new AbortController()
  const events = await fetch(`${server.address}/api/events`, { signal: stop.signal })
  const reader = events.body!.getReader()
  try {
    for (;;) {
      const found = await look()
      if (found !== null) return found
      await reader.read()
    }
  } finally {
    stop.abort()
  }
}
