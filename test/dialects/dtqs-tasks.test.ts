import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dtqs } from '../../src/server/dialects/dtqs/serve.ts'
import { type JsonText, toJsonText } from '../../src/shared/domain/json.ts'
import { untilFinal, untilTask } from '../support/until.ts'
import { expectRefusal, FAR_AWAY, INSTANT, submitOne, UUID } from './dtqs-answers.ts'
import { openServer, type TestServer } from './open-server.ts'

describe('one task of dtqs', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await openServer({ dialects: [dtqs], threads: 4, taskFiles })
  })
  afterAll(() => server[Symbol.asyncDispose]())

  it('has the printed fields while it runs, and its result when it is done', async () => {
    const id = await submitOne(server, { name: 'sleep', kwargs: toJsonText({ seconds: 60 }), priority: 8 })
    await untilTask(server.broker, id, ({ startedAt }) => startedAt !== null)

    const { status, body } = await server.get(`/api/v1/tasks/${id}`)

    expect(status).toBe(200)
    expect(body).toMatchObject({
      task_id: id,
      task_name: 'sleep',
      status: 'RUNNING',
      priority: 8,
      worker_id: expect.any(String),
      created_at: expect.stringMatching(INSTANT),
      started_at: expect.stringMatching(INSTANT),
      completed_at: null,
      retry_count: 0,
      max_retries: 3,
    })
    const cancelled = await server.post(`/api/v1/tasks/${id}/cancel`)
    expect([cancelled.status, cancelled.body]).toEqual([
      200,
      { task_id: id, status: 'CANCELLED', message: 'Task cancelled successfully' },
    ])
    expect((await server.broker.getTask(id)).state).toBe('cancelled')
  })

  it('is cancelled while it waits', async () => {
    const id = await submitOne(server, { name: 'sleep', runAt: FAR_AWAY })

    expect((await server.post(`/api/v1/tasks/${id}/cancel`)).body).toEqual({
      task_id: id,
      status: 'CANCELLED',
      message: 'Task cancelled successfully',
    })
  })

  it('is not cancelled twice, nor when it is done', async () => {
    const id = await submitOne(server, { name: 'sleep', kwargs: toJsonText({ ms: 1 }) })
    await untilFinal(server.broker, id)

    const answer = await server.post(`/api/v1/tasks/${id}/cancel`)

    expectRefusal(answer, 409, 'INVALID_STATE')
    expect(answer.body.detail).toContain('succeeded')
  })

  it.each([
    ['GET', '/api/v1/tasks/abc-123'],
    ['POST', '/api/v1/tasks/abc-123/cancel'],
    ['POST', '/api/v1/tasks/abc-123/replay'],
    ['GET', '/api/v1/tasks/abc-123/timeline'],
    ['GET', '/api/v1/tasks/abc-123/compare/abc-124'],
  ])('is 404 when it is not there: %s %s', async (method, path) => {
    const answer = await server.call(method, path)

    expectRefusal(answer, 404, 'TASK_NOT_FOUND')
    expect(answer.body.detail).toContain("'abc-123'")
  })

  it('is run again as another task that names it, whether it failed, is done or was cancelled', async () => {
    const done = await submitOne(server, { name: 'sleep', kwargs: toJsonText({ ms: 1 }) })
    const failed = await submitOne(server, { name: 'fail', maxRetries: 0 })
    const cancelled = await submitOne(server, { name: 'elsewhere' })
    await server.broker.cancel(cancelled, { terminate: false })
    for (const id of [done, failed, cancelled]) {
      await untilFinal(server.broker, id)

      const { status, body } = await server.post(`/api/v1/tasks/${id}/replay`)

      expect([status, body]).toEqual([
        201,
        { task_id: expect.stringMatching(UUID), status: 'PENDING', original_task_id: id },
      ])
      expect((await server.broker.getTask(body.task_id)).replayOf).toBe(id)
    }
  })

  it('is not run again before it has ended', async () => {
    const id = await submitOne(server, { name: 'elsewhere' })

    expectRefusal(await server.post(`/api/v1/tasks/${id}/replay`), 409, 'INVALID_STATE')
  })

  it('has a timeline with a start for every attempt, its progress and how each ended', async () => {
    const id = await submitOne(server, {
      name: 'second_time_lucky',
      backoff: { baseMs: 0, factor: 1, capMs: 0, jitter: 'none' },
    })
    const task = await untilFinal(server.broker, id)
    const again = await server.broker.replay(id, {})

    const { status, body } = await server.get(`/api/v1/tasks/${id}/timeline`)

    expect(status).toBe(200)
    expect(body).toMatchObject({
      task_id: id,
      task_name: 'second_time_lucky',
      status: 'COMPLETED',
      created_at: expect.stringMatching(INSTANT),
      started_at: expect.stringMatching(INSTANT),
      completed_at: expect.stringMatching(INSTANT),
      duration_seconds: (task.finishedAt! - task.startedAt!) / 1000,
      retry_count: 1,
      original_task_id: null,
      replayed_as: [again.id],
    })
    const { worker_id: workerId } = body.events[0].details
    expect(workerId).toBe(task.workerId)
    expect(body.events.map(({ event_type: type, details }: never) => [type, details])).toEqual([
      ['started', { worker_id: workerId, attempt: 1 }],
      ['progress', { worker_id: workerId, attempt: 1, progress: 0.5, stage: 'half', message: null }],
      [
        'failed',
        {
          worker_id: workerId,
          attempt: 1,
          error_type: 'Error',
          error_message: 'not yet',
          retry_at: expect.stringMatching(INSTANT),
        },
      ],
      ['started', { worker_id: workerId, attempt: 2 }],
      ['progress', { worker_id: workerId, attempt: 2, progress: 0.5, stage: 'half', message: null }],
      ['completed', { worker_id: workerId, attempt: 2 }],
    ])
    expect(body.events.every(({ timestamp }: { timestamp: string }) => INSTANT.test(timestamp))).toBe(true)
  })

  it('has a timeline while it runs, and when it was cancelled before it ran', async () => {
    const running = await submitOne(server, { name: 'sleep', kwargs: toJsonText({ seconds: 60 }) })
    await untilTask(server.broker, running, ({ startedAt }) => startedAt !== null)
    const never = await submitOne(server, { name: 'elsewhere' })
    await server.broker.cancel(never, { terminate: false })

    const [now, before] = await Promise.all([
      server.get(`/api/v1/tasks/${running}/timeline`),
      server.get(`/api/v1/tasks/${never}/timeline`),
    ])

    const types = ({ body }: { body: { events: { event_type: string }[] } }) =>
      body.events.map(({ event_type: type }) => type)
    expect([now.body.status, now.body.duration_seconds, types(now)]).toEqual(['RUNNING', null, ['started']])
    expect([before.body.started_at, types(before)]).toEqual([null, ['cancelled']])
    await server.broker.cancel(running, { terminate: true })
  })

  it('is compared with another: function, input, priority, status, error, retries and times', async () => {
    const one = await submitOne(server, {
      name: 'sleep',
      args: '[1]' as JsonText,
      kwargs: '{"ms":1,"b":2}' as JsonText,
    })
    const other = await submitOne(server, {
      name: 'sleep',
      args: '[2]' as JsonText,
      kwargs: '{"b":2,"ms":1}' as JsonText,
    })
    const third = await submitOne(server, { name: 'fail', maxRetries: 0, priority: 9 })
    const ended = await Promise.all([one, other, third].map((id) => untilFinal(server.broker, id)))
    const seconds = ended.map(({ startedAt, finishedAt }) => (finishedAt! - startedAt!) / 1000)

    const alike = await server.get(`/api/v1/tasks/${one}/compare/${other}`)
    const unlike = await server.get(`/api/v1/tasks/${one}/compare/${third}`)

    expect([alike.status, alike.body]).toEqual([
      200,
      {
        task1_id: one,
        task2_id: other,
        same_function: true,
        same_args: false,
        same_kwargs: true,
        same_priority: true,
        same_status: true,
        same_error: true,
        same_retry_count: true,
        timing: {
          task1_duration: seconds[0],
          task2_duration: seconds[1],
          difference: expect.closeTo(seconds[1]! - seconds[0]!, 6),
        },
        status: { task1: 'COMPLETED', task2: 'COMPLETED' },
        error: { task1: null, task2: null },
        retry_count: { task1: 0, task2: 0 },
      },
    ])
    expect(unlike.body).toMatchObject({
      same_function: false,
      same_priority: false,
      same_status: false,
      same_error: false,
      status: { task1: 'COMPLETED', task2: 'FAILED' },
      error: { task1: null, task2: expect.any(String) },
    })
  })

  it('is compared with one that has not run, whose time is not known', async () => {
    const one = await submitOne(server, { name: 'elsewhere' })

    const { body } = await server.get(`/api/v1/tasks/${one}/compare/${one}`)

    expect(body.timing).toEqual({ task1_duration: null, task2_duration: null, difference: null })
    expect(body).toMatchObject({ same_function: true, same_args: true, same_priority: true })
  })
})

const taskFiles = {
  'lucky.ts': `
    export function second_time_lucky(_input, context) {
      context.progress(0.5, { stage: 'half' })
      if (context.attempt < 2) throw new Error('not yet')
      return 'done'
    }`,
}
