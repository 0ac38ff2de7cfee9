import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { untilFinal } from '../support/until.ts'
import { PORT_8000 } from './documented/port-8000.ts'
import { openServer, type TestServer } from './open-server.ts'
import { isInstalled, runProgram } from './run-program.ts'

/** The document's curl lines, as printed but for the address. */
const SUBMIT = `curl -X POST http://localhost:8000/api/v1/tasks \\
  -H "Content-Type: application/json" \\
  -d '{
    "task_name": "image_super_resolution_pipeline",
    "args": [
      "https://example.com/input.jpg",
      "https://s3.amazonaws.com/bucket/output.jpg"
    ]
  }'`
const READ = 'curl http://localhost:8000/api/v1/tasks/550e8400-e29b-41d4-a716-446655440000'
const DELETE = 'curl -X DELETE http://localhost:8000/api/v1/tasks/550e8400-e29b-41d4-a716-446655440000'

let server: TestServer
beforeAll(async () => {
  server = await openServer({
    dialects: PORT_8000,
    taskFiles: {
      'pipeline.ts': `
        export const image_super_resolution_pipeline = ({ args }, { id }) => ({
          task_id: id, input_url: args[0], output_url: args[1],
          classification: { category: 'portrait', width: 1920, height: 1080, aspect_ratio: 1.78 },
        })`,
    },
  })
})
afterAll(() => server[Symbol.asyncDispose]())

const place = () => server.url.replace('http://127.0.0.1', 'localhost')

describe.skipIf(!isInstalled('curl') || process.platform === 'win32')("the document's curl lines", () => {
  const run = async (line: string, id = '') => {
    const command = line
      .replace('localhost:8000', place())
      .replace('550e8400-e29b-41d4-a716-446655440000', id)
    const { stdout } = await runProgram('sh', ['-c', `${command} --silent`])
    return JSON.parse(stdout)
  }

  it('submit, read and clean up', async () => {
    const { task_id: id, state } = await run(SUBMIT)
    expect(state).toBe('PENDING')
    await untilFinal(server.broker, id)

    expect(await run(READ, id)).toMatchObject({
      task_id: id,
      state: 'SUCCESS',
      progress: 1,
      result: {
        task_id: id,
        input_url: 'https://example.com/input.jpg',
        output_url: 'https://s3.amazonaws.com/bucket/output.jpg',
        classification: { category: 'portrait', width: 1920, height: 1080, aspect_ratio: 1.78 },
      },
      error: null,
      subtasks: [],
    })
    expect(await run(DELETE, id)).toEqual({ status: 'success', message: `Task ${id} cleaned up` })
  })
})

describe.skipIf(!isInstalled('python3'))("the document's Python", () => {
  it('submits, polls, waits in sync, submits many and processes a batch', async () => {
    const script = path.join(import.meta.dirname, 'python', 'taskmanager_snippets.py')
    const { code, stdout, stderr } = await runProgram('python3', ['-B', script, `http://${place()}`])
    expect([stderr, code]).toEqual(['', 0])

    const { polled, synchronous, asynchronous, batch } = JSON.parse(stdout)
    expect(polled).toMatchObject({ state: 'SUCCESS', result: { input_url: 'https://example.com/input.jpg' } })
    expect(synchronous).toMatchObject({ input_url: 'https://example.com/sync.jpg' })
    expect(asynchronous.map(({ input_url }: { input_url: string }) => input_url)).toEqual(
      [0, 1, 2, 3, 4, 5].map((n) => `https://example.com/${n}.jpg`),
    )
    expect(
      batch.map(({ state, result }: { state: string; result: { output_url: string } }) => [
        state,
        result.output_url,
      ]),
    ).toEqual([0, 1, 2, 3, 4, 5].map((n) => ['SUCCESS', `https://example.com/${n}.jpg-enlarged`]))
  })
})
