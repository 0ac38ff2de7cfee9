import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openServer, type TestServer } from './open-server.ts'
import { endedTask, heldTask, steppingTasks } from './stepping-task.ts'

describe('progress of asynq', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await openServer({ taskFiles: steppingTasks, threads: 4 })
  })
  afterAll(() => server[Symbol.asyncDispose]())

  describe('the latest', () => {
    it('is what the task told last, and not final while it runs', async () => {
      const { id, release } = await heldTask(server, 'full')

      const { body } = await server.get(`/api/v1/tasks/${id}/progress`)
      await release()

      expect(body).toEqual({
        progress: {
          task_id: id,
          percentage: 50,
          stage: 'processing',
          message: 'Halfway',
          timestamp_ms: expect.any(Number),
        },
        is_final: false,
        stream_id: expect.stringMatching(/^\d+-\d+$/),
      })
    })

    it.each([
      ['full', 100, 'completed', 'completed', 'Done'],
      ['short', 100, 'completed', 'completed', 'Done'],
      ['throw', 50, 'failed', 'failed', 'it broke'],
      ['cancel', 50, 'cancelled', 'cancelled', 'Cancelled'],
    ] as const)(
      'of one that ended (%s) is final at %i %% with status %s',
      async (end, percentage, status, stage, message) => {
        const id = await endedTask(server, end)

        const { body } = await server.get(`/api/v1/tasks/${id}/progress`)

        expect(body).toMatchObject({ is_final: true, status, progress: { percentage, stage, message } })
      },
    )

    it('is not found for a task that has told nothing yet', async () => {
      const { body } = await server.post('/api/v1/tasks', {
        type: 'demo',
        payload: {},
        process_at: '2999-01-01T00:00:00Z',
      })

      const answer = await server.get(`/api/v1/tasks/${body.task_id}/progress`)

      expect([answer.status, answer.body.code]).toEqual([404, 'PROGRESS_NOT_FOUND'])
    })
  })

  describe('the history', () => {
    it('is every entry in order, the last one final, and from start_id on', async () => {
      const id = await endedTask(server, 'full')

      const { body } = await server.get(`/api/v1/tasks/${id}/progress/history`)
      const streamIds = body.history.map((entry: { stream_id: string }) => entry.stream_id)
      const from = await server.get(`/api/v1/tasks/${id}/progress/history?start_id=${streamIds[1]}`)

      expect(body).toMatchObject({ task_id: id, count: 3 })
      expect(body.history[0]).toEqual({
        stream_id: streamIds[0],
        progress: {
          task_id: id,
          percentage: 25,
          stage: 'init',
          message: 'Starting...',
          timestamp_ms: expect.any(Number),
        },
        is_final: false,
      })
      expect(body.history[2]).toMatchObject({
        is_final: true,
        status: 'completed',
        progress: { percentage: 100 },
      })
      expect(from.body.history).toEqual(body.history.slice(1))
      expect((await server.get(`/api/v1/tasks/${id}/progress/history?start_id=0`)).body).toEqual(body)
      expect((await server.get(`/api/v1/tasks/${id}/progress/history?start_id=$`)).body.count).toBe(0)
    })

    it.each(['abc', '1-2-3', '-5', '1.5'])('is refused from start_id=%s', async (start) => {
      const { status, body } = await server.get(`/api/v1/tasks/abc/progress/history?start_id=${start}`)

      expect([status, body.code]).toEqual([400, 'INVALID_REQUEST'])
      expect(body.error).toContain("'start_id'")
    })

    it('of a task nobody knows is empty, and so is its info', async () => {
      const history = await server.get('/api/v1/tasks/abc-123/progress/history')
      const info = await server.get('/api/v1/tasks/abc-123/progress/info')

      expect([history.status, history.body]).toEqual([200, { task_id: 'abc-123', count: 0, history: [] }])
      expect([info.status, info.body]).toEqual([
        200,
        { task_id: 'abc-123', has_progress: false, length: 0, first_entry: '', last_entry: '' },
      ])
    })
  })

  it('has an info that agrees with the history', async () => {
    const id = await endedTask(server, 'throw')

    const history = await server.get(`/api/v1/tasks/${id}/progress/history`)
    const info = await server.get(`/api/v1/tasks/${id}/progress/info`)

    expect(info.body).toEqual({
      task_id: id,
      has_progress: true,
      length: 3,
      first_entry: history.body.history[0].stream_id,
      last_entry: history.body.history[2].stream_id,
    })
  })
})
