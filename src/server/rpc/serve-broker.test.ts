import { safe } from '@orpc/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestClient, type TestClient } from '../../../test/support/open-test-client.ts'
import { untilFinal, untilIdle } from '../../../test/support/until.ts'
import type { BrokerEvent } from '../../shared/domain/event.ts'

describe('the contract on the local broker', () => {
  let opened: TestClient
  let address: string
  let client: TestClient['client']

  beforeAll(async () => {
    opened = await openTestClient({ threads: 4 })
    ;({ address, client } = opened)
  })
  afterAll(() => opened[Symbol.asyncDispose]())

  it('submits a task, streams what happens to it, and tells how it ended', async () => {
    const { lastSeq } = await client.overview()
    const [receipt] = await client.tasks.submit({
      tasks: [{ name: 'demo', kwargs: '{"message":"Hello","count":2}' }],
    })
    const seen: BrokerEvent[] = []
    for await (const { events } of await client.events({ after: lastSeq, taskIds: [receipt!.id] })) {
      seen.push(...events)
      if (seen.some(({ type }) => type === 'task.succeeded')) break
    }

    expect(seen.map(({ type }) => type)).toEqual(
      expect.arrayContaining([
        'task.submitted',
        'task.claimed',
        'task.started',
        'task.progress',
        'task.succeeded',
      ]),
    )
    expect(seen.map(({ seq }) => seq)).toEqual(seen.map(({ seq }) => seq).toSorted((a, b) => a - b))
    expect(await client.tasks.get({ id: receipt!.id })).toMatchObject({
      state: 'succeeded',
      result: '{"message":"Hello","count":2}',
    })
    expect(await client.tasks.progress({ id: receipt!.id })).toHaveLength(2)
  })

  it('carries input byte for byte, integers beyond 2^53 included', async () => {
    const kwargs = '{"id":12345678901234567890,"ms":1}'
    const [receipt] = await client.tasks.submit({ tasks: [{ name: 'sleep', kwargs: kwargs }] })
    expect((await client.tasks.get({ id: receipt!.id })).kwargs).toBe(kwargs)
  })

  it('hands on the refusals of the broker', async () => {
    const { error } = await safe(client.tasks.get({ id: '01900000-0000-7000-8000-000000000000' }))
    expect(error).toMatchObject({ code: 'REFUSED', data: { code: 'TASK_NOT_FOUND' } })
  })

  it('replays a failed task as a new one, and refuses to cancel the one that is over', async () => {
    const [failed] = await client.tasks.submit({
      tasks: [{ name: 'fail', kwargs: '{"message":"on purpose"}', maxRetries: 0 }],
    })
    await untilFinal(opened.broker, failed!.id)
    const { error } = await safe(client.tasks.cancel({ id: failed!.id, terminate: false }))
    expect(error).toMatchObject({ code: 'REFUSED', data: { code: 'INVALID_STATE' } })
    const replay = await client.tasks.replay({ id: failed!.id, changes: {} })
    expect(await untilFinal(opened.broker, replay.id)).toMatchObject({
      replayOf: failed!.id,
      state: 'failed',
    })
  })

  it('runs the sample load in its own queue, and clears all of it', async () => {
    expect(await client.sample.run()).toEqual({ queue: 'sample', tasks: 2000 })
    expect(await client.sample.status()).toMatchObject({ isRunning: true })

    const cleared = await client.sample.clear()

    expect(cleared).toBeGreaterThan(0)
    expect(await client.sample.status()).toMatchObject({ isRunning: false })
    await untilIdle(opened.broker)
    await client.sample.clear()
    expect(await client.tasks.count({ queue: 'sample' })).toBe(0)
  })

  it.each([
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['text, as any page may post it', { 'content-type': 'text/plain' }, 415],
    ['a page of another origin', { 'content-type': 'application/json', origin: 'https://example.com' }, 403],
  ])('refuses %s before any handler sees it', async (_what, headers, status) => {
    const answer = await fetch(`${address}/rpc/tasks/submit`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ json: { tasks: [{ name: 'demo' }] } }),
    })
    expect(answer.status).toBe(status)
  })

  it('takes as many tasks in one call as the contract allows', async () => {
    const tasks = Array.from({ length: 10_000 }, () => ({ name: 'sleep', queue: 'many', runAt: 9e12 }))

    const receipts = await client.tasks.submit({ tasks })

    expect(receipts).toHaveLength(10_000)
    expect(await client.tasks.count({ queue: 'many' })).toBe(10_000)
    await client.queues.purge({ name: 'many' })
  })

  it.each([
    [
      'a call with more than 100,000 keys',
      `{"json":[${'{"a":0},'.repeat(100_001)}0]}`,
      'more than 100000 keys',
    ],
    [
      'a task whose own input has more than 10,000',
      JSON.stringify({
        json: {
          tasks: [
            { name: 'sleep', kwargs: `{${Array.from({ length: 10_001 }, (_, i) => `"${i}":0`).join()}}` },
          ],
        },
      }),
      'has too many keys',
    ],
  ])('refuses %s', async (_what, body, reason) => {
    const answer = await fetch(`${address}/rpc/tasks/submit`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    })

    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.status).toBeLessThan(500)
    expect(await answer.text()).toContain(reason)
  })

  it('refuses a body over 1 MB', async () => {
    const answer = await fetch(`${address}/rpc/tasks/submit`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ json: { tasks: [{ name: 'demo', kwargs: `"${'x'.repeat(1_100_000)}"` }] } }),
    })
    expect(answer.status).toBe(413)
  })
})
