import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Broker } from '../../src/shared/domain/broker.ts'
import { toJsonText, type Json } from '../../src/shared/domain/json.ts'
import { isFinal } from '../../src/shared/domain/state.ts'
import { openTestBroker, type TestBroker } from '../support/open-test-broker.ts'
import { untilTask } from '../support/until.ts'
import { PROJECT_FOLDER, readPage } from './read-markdown.ts'
import { readSamples, type Sample, type SampleRun } from './read-samples.ts'

const SAMPLES = ['docs/tasks.md', 'README.md'].flatMap((page) => readSamples(page, readPage(page)))

/** A tasks folder as a reader of the page would have it: its packages first, then its file. */
async function openWith(sample: Sample): Promise<TestBroker> {
  const fixture = await openTestBroker()
  const packages = path.join(fixture.tasksFolder, 'node_modules')
  if (sample.packages.length > 0) mkdirSync(packages)
  for (const name of sample.packages)
    symlinkSync(path.join(PROJECT_FOLDER, 'node_modules', name), path.join(packages, name), 'junction')
  writeFileSync(path.join(fixture.tasksFolder, sample.file), sample.code)
  await vi.waitFor(async () => expect(await stateOfFile(fixture.broker, sample.file)).toBe('loaded'), 20_000)
  return fixture
}

async function stateOfFile(broker: Broker, file: string): Promise<string> {
  const { handlers, problems } = await broker.handlers()
  const problem = problems.find((candidate) => candidate.file === file)
  if (problem !== undefined) return problem.message
  return handlers.some((handler) => handler.file === file) ? 'loaded' : 'not seen'
}

async function runSample(broker: Broker, { submit, cancel, ends, retryAfterMs }: SampleRun) {
  const kwargs = toJsonText((submit.kwargs ?? {}) as Json)
  const [receipt] = await broker.submit([{ ...submit, kwargs }])
  const { id } = receipt!
  if (cancel !== undefined) {
    await untilTask(broker, id, ({ startedAt }) => startedAt !== null)
    await broker.cancel(id, cancel)
  }
  const task = await untilTask(broker, id, ({ state }) => state === ends.state || isFinal(state))
  const [firstAttempt] = await broker.attempts(id)
  return {
    ended: {
      ...task,
      result: task.result === null ? null : (JSON.parse(task.result) as unknown),
      logs: await broker.logs(id),
    },
    retryAfterMs:
      retryAfterMs === undefined ? undefined : (firstAttempt?.retryAt ?? 0) - (firstAttempt?.finishedAt ?? 0),
  }
}

describe.each(SAMPLES)('the sample at $place, saved as $file', (sample) => {
  let fixture: TestBroker
  beforeAll(async () => {
    fixture = await openWith(sample)
  })
  afterAll(() => fixture[Symbol.asyncDispose]())

  it.each(sample.runs.map((run) => ({ run, what: JSON.stringify(run.submit), state: run.ends.state })))(
    'makes $what $state',
    async ({ run }) => {
      const { ended, retryAfterMs } = await runSample(fixture.broker, run)
      expect(ended).toMatchObject(run.ends)
      expect(retryAfterMs).toBe(run.retryAfterMs)
    },
  )
})
