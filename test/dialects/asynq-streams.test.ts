import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openServer, type TestServer } from './open-server.ts'
import { readEvents } from './read-events.ts'
import { endedTask, heldTask, percentages, steppingTasks } from './stepping-task.ts'

describe('progress streams of asynq', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await openServer({ taskFiles: steppingTasks, threads: 4 })
  })
  afterAll(() => server[Symbol.asyncDispose]())

  describe('the stream', () => {
    const streamOf = (id: string, query = '', headers = {}) =>
      readEvents(`${server.url}/api/v1/tasks/${id}/progress/stream${query}`, headers)

    it('tells what is new, then done, and closes', async () => {
      const { id, release } = await heldTask(server, 'full')
      await using stream = await streamOf(id)
      await release()

      const frames = await stream.rest()

      expect(frames).toEqual([
        {
          event: 'progress',
          id: expect.stringMatching(/^\d+-\d+$/),
          data: {
            task_id: id,
            percentage: 100,
            stage: 'completed',
            message: 'Done',
            timestamp_ms: expect.any(Number),
          },
        },
        { event: 'done', id: null, data: { task_id: id, status: 'completed' } },
      ])
    })

    it.each([
      ['short', 'completed', 100],
      ['throw', 'failed', 50],
      ['cancel', 'cancelled', 50],
    ] as const)('of one that ends otherwise (%s) is done with %s', async (end, status, last) => {
      const { id, release } = await heldTask(server, end)
      await using stream = await streamOf(id)
      await release()

      expect(percentages(await stream.rest())).toEqual([
        ['progress', last],
        ['done', status],
      ])
    })

    it('is not done when an attempt fails that is retried', async () => {
      const { id, release } = await heldTask(server, 'retry')
      await using stream = await streamOf(id)
      await release()

      const frames = await stream.rest()

      expect(percentages(frames)).toEqual([
        ['progress', 25],
        ['progress', 50],
        ['progress', 50],
        ['done', 'failed'],
      ])
    })

    it.each([
      ['?history=true', 'history'],
      ['?start_id=0', 'progress'],
      ['?start_id=-', 'progress'],
      ['?history=true&start_id=$', 'history'],
    ])('begins with what was told before (%s), nothing lost or twice', async (query, event) => {
      const { id, release } = await heldTask(server, 'full')
      await using stream = await streamOf(id, query)
      await release()

      expect(percentages(await stream.rest())).toEqual([
        [event, 25],
        [event, 50],
        ['progress', 100],
        ['done', 'completed'],
      ])
    })

    it('begins after start_id, and after Last-Event-ID when a client comes back', async () => {
      const { id, release } = await heldTask(server, 'full')
      const { body } = await server.get(`/api/v1/tasks/${id}/progress/history`)
      const firstId = body.history[0].stream_id as string
      await using asked = await streamOf(id, `?start_id=${firstId}`)
      await using resumed = await streamOf(id, '', { 'last-event-id': firstId })
      await release()

      const expected = [
        ['progress', 50],
        ['progress', 100],
        ['done', 'completed'],
      ]
      expect(percentages(await asked.rest())).toEqual(expected)
      expect(percentages(await resumed.rest())).toEqual(expected)
    })

    it('opened after the end is done at once, with its history first when asked', async () => {
      const id = await endedTask(server, 'throw')
      await using plain = await streamOf(id)
      await using full = await streamOf(id, '?history=true')

      expect(percentages(await plain.rest())).toEqual([['done', 'failed']])
      expect(percentages(await full.rest())).toEqual([
        ['history', 25],
        ['history', 50],
        ['history', 50],
        ['done', 'failed'],
      ])
    })

    it('tells an error when the task is deleted under it', async () => {
      const { body } = await server.post('/api/v1/tasks', {
        type: 'demo',
        payload: {},
        process_at: '2999-01-01T00:00:00Z',
      })
      await using stream = await streamOf(body.task_id)
      await server.call('DELETE', `/api/v1/tasks/${body.task_id}`)

      expect(await stream.rest()).toEqual([
        {
          event: 'error',
          id: null,
          data: { task_id: body.task_id, message: expect.stringContaining('deleted') },
        },
      ])
    })

    it('of a task nobody knows is 404, and a wrong start_id 400, in the shape of errors', async () => {
      const unknown = await server.get('/api/v1/tasks/abc-123/progress/stream')
      const wrong = await server.get('/api/v1/tasks/abc-123/progress/stream?start_id=soon')

      expect([unknown.status, unknown.body.code]).toEqual([404, 'TASK_NOT_FOUND'])
      expect([wrong.status, wrong.body.code]).toEqual([400, 'INVALID_REQUEST'])
    })
  })

  describe('the stream of several tasks', () => {
    const streamOf = (ids: readonly string[]) =>
      readEvents(`${server.url}/api/v1/progress/stream?task_ids=${ids.join(',')}`)

    it('tells what is new of each, finality included, and ends when all have ended', async () => {
      const [first, second] = [await heldTask(server, 'full'), await heldTask(server, 'throw')]
      await using stream = await streamOf([first.id, second.id])
      await first.release()
      const firstFrames = await stream.until(({ data }) => data.is_final === true)
      await second.release()
      const secondFrames = await stream.rest()

      expect(
        firstFrames.map(({ event, data }) => [event, data.task_id, data.progress.percentage, data.is_final]),
      ).toEqual([
        ['progress', first.id, 100, undefined],
        ['progress', first.id, 100, true],
      ])
      expect(secondFrames).toEqual([
        {
          event: 'progress',
          id: null,
          data: {
            task_id: second.id,
            progress: expect.objectContaining({ percentage: 50, stage: 'failed', message: 'it broke' }),
            is_final: true,
            status: 'failed',
          },
        },
      ])
    })

    it('tells at once how those ended that have, and an error of those nobody knows', async () => {
      const id = await endedTask(server, 'short')
      await using stream = await streamOf([id, 'abc-123', id])

      const frames = await stream.rest()

      expect(frames.map(({ event, data }) => [event, data.task_id, data.status])).toEqual([
        ['progress', id, 'completed'],
        ['error', 'abc-123', undefined],
      ])
    })

    it.each([
      ['', 'required'],
      ['?task_ids=', 'required'],
      ['?task_ids=,,', 'required'],
      ['?task_ids=a&task_ids=b', 'once'],
      ['?task_ids=a,b,c,d,e,f,g,h,i,j,k', '10'],
    ])('is refused with "%s"', async (query, hint) => {
      const { status, body } = await server.get(`/api/v1/progress/stream${query}`)

      expect([status, body.code]).toEqual([400, 'INVALID_REQUEST'])
      expect(body.error).toContain("'task_ids'")
      expect(body.error).toContain(hint)
    })
  })
})

describe('a stream that missed events', () => {
  it('reads what it missed from the store, and tells it once', async () => {
    await using server = await openServer({
      taskFiles: steppingTasks,
      around: (broker) => ({
        ...broker,
        subscribe(options) {
          const subscription = broker.subscribe(options)
          return {
            close: () => subscription.close(),
            // Loses every event, and says so.
            async *[Symbol.asyncIterator]() {
              for await (const { events } of subscription) yield { events: [], missed: events.length }
            },
          }
        },
      }),
    })
    const { id, release } = await heldTask(server, 'full')
    await using stream = await readEvents(`${server.url}/api/v1/tasks/${id}/progress/stream?history=true`)
    await release()

    expect(percentages(await stream.rest())).toEqual([
      ['history', 25],
      ['history', 50],
      ['progress', 100],
      ['done', 'completed'],
    ])
  })

  it('is told when the broker fails under it', async () => {
    await using server = await openServer({
      taskFiles: steppingTasks,
      around: (broker) => ({
        ...broker,
        subscribe: () => ({
          close: () => undefined,
          // oxlint-disable-next-line eslint/require-yield -- it fails before its first batch
          async *[Symbol.asyncIterator]() {
            throw new Error('secret detail')
          },
        }),
      }),
    })
    const { id } = await heldTask(server, 'cancel')
    await using stream = await readEvents(`${server.url}/api/v1/tasks/${id}/progress/stream`)

    expect(await stream.rest()).toEqual([
      { event: 'error', id: null, data: { message: 'The stream broke off; open it again.' } },
    ])
  })
})
