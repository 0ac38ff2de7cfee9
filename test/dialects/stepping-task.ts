import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { untilFinal, untilTask } from '../support/until.ts'
import type { TestServer } from './open-server.ts'
import type { Frame } from './read-events.ts'

/** Where tasks look for the file that lets them go on. */
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'penstock-gate-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** `steps` tells 25 % and 50 %, waits to be told to go on, and then ends as it is asked to. */
export const steppingTasks = {
  'steps.ts': `
    import { existsSync } from 'node:fs'
    import { setTimeout as wait } from 'node:timers/promises'
    export async function steps({ kwargs }, context) {
      context.progress(0.25, { stage: 'init', message: 'Starting...' })
      context.progress(0.5, { stage: 'processing', message: 'Halfway' })
      while (kwargs.gate && !existsSync(kwargs.gate)) await wait(5, undefined, { signal: context.signal })
      if (kwargs.end === 'full') context.progress(1, { stage: 'completed', message: 'Done' })
      if (kwargs.end === 'throw') throw new Error('it broke')
    }`,
}

/** What `steps` waits for, as its `gate`, until it is opened. */
export function newGate() {
  const path = join(folder, randomUUID())
  return { path, open: () => writeFile(path, '') }
}

export type Ending = 'full' | 'short' | 'throw' | 'cancel' | 'retry'

export interface HeldTask {
  readonly id: string
  /** Lets it end. */
  release(): Promise<void>
}

/** A task that has told 50 % and waits for its release. */
export async function heldTask(server: TestServer, end: Ending): Promise<HeldTask> {
  const gate = newGate()
  const { body } = await server.post('/api/v1/tasks', {
    type: 'steps',
    payload: { gate: gate.path, end: end === 'retry' ? 'throw' : end },
    max_retries: end === 'retry' ? 1 : 0,
  })
  const id = body.task_id as string
  await untilTask(server.broker, id, ({ progress }) => progress?.fraction === 0.5)
  return {
    id,
    async release() {
      if (end === 'cancel') await server.post(`/api/v1/tasks/${id}/cancel`)
      else await gate.open()
    },
  }
}

export async function endedTask(server: TestServer, end: Ending): Promise<string> {
  const task = await heldTask(server, end)
  await task.release()
  await untilFinal(server.broker, task.id)
  return task.id
}

/** What each frame tells, in short: its event, and its percentage or status. */
export const percentages = (frames: readonly Frame[]) =>
  frames.map(({ event, data }) => [event, data.percentage ?? data.status])
