import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toJsonText } from '../../src/shared/domain/json.ts'
import { untilFinal } from '../support/until.ts'
import { openServer, type TestServer } from './open-server.ts'

/** Dead letters of the queue `emails`, oldest first. */
async function deadLetters(server: TestServer, count: number): Promise<readonly string[]> {
  const receipts = await server.broker.submit(
    Array.from({ length: count }, (_, index) => ({
      name: 'fail',
      queue: 'emails',
      kwargs: toJsonText({ message: `failure ${index}` }),
      maxRetries: 0,
    })),
  )
  for (const { id } of receipts) await untilFinal(server.broker, id)
  return receipts.map(({ id }) => id)
}

const totalFailed = async (server: TestServer) =>
  (await server.get('/api/dlq/emails')).body.total_failed as number

describe('the dead letters of a queue', () => {
  it('are listed with what they need to be judged, a page at a time, and counted as a whole', async () => {
    await using server = await openServer()
    const ids = await deadLetters(server, 3)

    const all = await server.get('/api/dlq/emails')
    const page = await server.get('/api/dlq/emails?limit=1&offset=1')

    expect(all.body.total_failed).toBe(3)
    expect(all.body.tasks.map((task: { task_id: string }) => task.task_id)).toEqual(ids.toReversed())
    expect(page.body).toEqual({ queue: 'emails', total_failed: 3, tasks: [all.body.tasks[1]] })
    expect(all.body.tasks[0]).toEqual({
      task_id: ids[2],
      task_name: 'fail',
      args: [],
      kwargs: { message: 'failure 2' },
      error: 'failure 2',
      traceback: expect.stringContaining('failure 2'),
      retries: 0,
      failed_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      worker_id: expect.any(String),
    })
  })
})

describe('dead letters too large to be held at once', () => {
  const COUNT = 12
  let server: TestServer
  let ids: readonly string[]
  const pages: number[] = []

  beforeAll(async () => {
    server = await openServer({
      around: (broker) => ({
        ...broker,
        async listFullTasks(query) {
          const page = await broker.listFullTasks(query)
          pages.push(page.tasks.length)
          return page
        },
      }),
    })
    const found: string[] = []
    for (let index = 0; index < COUNT; index += 1) {
      const kwargs = toJsonText({ message: `failure ${index}`, text: 'x'.repeat(900_000) })
      const [task] = await server.broker.submit([{ name: 'fail', queue: 'emails', kwargs, maxRetries: 0 }])
      await untilFinal(server.broker, task!.id)
      found.unshift(task!.id)
    }
    ids = found
  })
  afterAll(() => server[Symbol.asyncDispose]())

  it.each([
    ['', COUNT, 0],
    ['?limit=11', 11, 0],
    ['?limit=11&offset=1', 11, 1],
    ['?limit=2&offset=11', 1, 11],
  ])('are all answered, but read in pieces: %s', async (query, count, offset) => {
    pages.length = 0

    const { status, body } = await server.get(`/api/dlq/emails${query}`)

    expect(status).toBe(200)
    expect(body).toMatchObject({ queue: 'emails', total_failed: COUNT })
    expect(body.tasks.map((task: { task_id: string }) => task.task_id)).toEqual(
      ids.slice(offset, offset + count),
    )
    expect(Math.max(...pages)).toBeLessThan(11)
    expect(pages.length).toBe(count > 9 ? 2 : 1)
  })

  it('stand in the envelope as others do', async () => {
    const { body } = await server.get('/api/dlq/emails?envelope=true')

    expect(body).toMatchObject({ status: 'success', data: { total_failed: COUNT }, error: null })
    expect(body.data.tasks).toHaveLength(COUNT)
  })
})

describe('reprocessing dead letters', () => {
  it('makes new tasks in the order asked, linked to the old ones, which leave the dead letters', async () => {
    await using server = await openServer()
    const [first, second, third] = await deadLetters(server, 3)

    const { status, body } = await server.post('/api/dlq/emails/reprocess', {
      task_ids: [third, first],
      all: false,
    })

    expect(status).toBe(200)
    expect(body).toEqual({
      queue: 'emails',
      reprocessed: 2,
      new_task_ids: [expect.any(String), expect.any(String)],
    })
    const replays = await Promise.all(body.new_task_ids.map((id: string) => server.broker.getTask(id)))
    expect(replays.map(({ replayOf }) => replayOf)).toEqual([third, first])
    for (const { id } of replays) await untilFinal(server.broker, id)
    expect((await server.broker.getTask(second!)).isDeadLetter).toBe(true)
    expect((await server.broker.getTask(first!)).isDeadLetter).toBe(false)
  })

  it('takes all of them with all: true, also beside an empty list', async () => {
    await using server = await openServer()
    await deadLetters(server, 2)

    const { body } = await server.post('/api/dlq/emails/reprocess', { all: true, task_ids: [] })

    expect(body.reprocessed).toBe(2)
    expect(body.new_task_ids).toHaveLength(2)
  })

  it('takes an id that is named twice once, and an empty list as nothing to do', async () => {
    await using server = await openServer()
    const [id] = await deadLetters(server, 1)

    expect((await server.post('/api/dlq/emails/reprocess', { task_ids: [] })).body.reprocessed).toBe(0)
    expect((await server.post('/api/dlq/emails/reprocess', { task_ids: [id, id] })).body.reprocessed).toBe(1)
  })

  it('is refused as a whole, naming each id that is none of its dead letters', async () => {
    await using server = await openServer()
    const [first] = await deadLetters(server, 2)
    const [elsewhere] = await server.broker.submit([{ name: 'fail', queue: 'other', maxRetries: 0 }])
    await untilFinal(server.broker, elsewhere!.id)

    const { status, body } = await server.post('/api/dlq/emails/reprocess', {
      task_ids: [first, 'abc-123', elsewhere!.id],
    })

    expect([status, body.error.code]).toEqual([404, 'TASK_NOT_FOUND'])
    expect(body.error.message).toContain("'abc-123'")
    expect(body.error.details).toEqual({ task_ids: ['abc-123', elsewhere!.id] })
    expect(await totalFailed(server)).toBe(2)
    expect(await server.broker.countTasks({ queue: 'emails' })).toBe(2)
  })
})

describe('a request about dead letters that says nothing sensible', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await openServer()
    await deadLetters(server, 1)
  })
  afterAll(() => server[Symbol.asyncDispose]())

  it.each(['limit=-1', 'offset=x', 'limit=2&limit=3'])('lists none with %s', async (query) => {
    const { status, body } = await server.get(`/api/dlq/emails?${query}`)

    expect([status, body.error.code]).toEqual([400, 'INVALID_REQUEST'])
  })

  it.each([
    [{ task_ids: ['a'], all: true }],
    [{}],
    [undefined],
    [{ all: false }],
    [{ all: 'true' }],
    [{ task_ids: 'a' }],
    [{ task_ids: [1] }],
  ])('reprocesses none with %j', async (json) => {
    const { status, body } = await server.post('/api/dlq/emails/reprocess', json)

    expect([status, body.error.code]).toEqual([400, 'INVALID_REQUEST'])
    expect(await totalFailed(server)).toBe(1)
  })
})

describe('purging dead letters', () => {
  it('deletes them, and nothing else of the queue', async () => {
    await using server = await openServer()
    const [dead] = await deadLetters(server, 2)
    const [kept] = await server.broker.submit([
      { name: 'sleep', queue: 'emails', kwargs: toJsonText({ ms: 1 }) },
    ])
    await untilFinal(server.broker, kept!.id)

    expect((await server.post('/api/dlq/emails/purge')).body).toEqual({ queue: 'emails', purged: 2 })

    expect((await server.get(`/api/tasks/${dead}`)).status).toBe(404)
    expect((await server.get(`/api/tasks/${kept!.id}`)).status).toBe(200)
    expect(await totalFailed(server)).toBe(0)
    expect((await server.get('/api/overview')).body.tasks).toMatchObject({ failed: 2, total_processed: 3 })
  })
})
