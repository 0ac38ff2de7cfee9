import { once } from 'node:events'
import { get } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dtqs } from '../../src/server/dialects/dtqs/serve.ts'
import { type JsonText, toJsonText } from '../../src/shared/domain/json.ts'
import { untilFinal } from '../support/until.ts'
import { expectRefusal, FAR_AWAY, INSTANT, submitOne } from './dtqs-answers.ts'
import { failingBroker } from './failing-broker.ts'
import { openServer, serveBroker, type TestServer } from './open-server.ts'

const HEADER =
  'task_id,task_name,status,priority,created_at,started_at,completed_at,worker_id,retry_count,error_message'
const PATH = '/api/v1/search/tasks/export/csv'
const MANY = 2500

describe('the CSV export of dtqs', () => {
  let server: TestServer
  let failed: string

  beforeAll(async () => {
    server = await openServer({ dialects: [dtqs] })
    failed = await submitOne(server, {
      name: 'fail',
      queue: 'mail',
      kwargs: toJsonText({ message: 'bad "quote", naïve\nsecond line 🙂' }),
      maxRetries: 0,
    })
    await submitOne(server, { name: '=HYPERLINK("http://evil.example","x")', runAt: FAR_AWAY })
    await server.broker.submit(
      Array.from({ length: MANY }, (_, index) => ({
        name: 'many',
        args: `[${index}]` as JsonText,
        runAt: FAR_AWAY,
        priority: 2,
      })),
    )
    await untilFinal(server.broker, failed)
  })
  afterAll(() => server[Symbol.asyncDispose]())

  const linesOf = (text: string) => text.split('\r\n')

  it('is a file to be saved, with a header and a row a task, all of them, newest first', async () => {
    const { status, headers, text } = await server.get(PATH)

    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(headers.get('content-disposition')).toBe('attachment; filename="tasks_export.csv"')
    const rows = linesOf(text)
    expect(rows[0]).toBe(HEADER)
    expect(rows.at(-1)).toBe('')
    const ids = rows.slice(1, -1).map((row) => row.split(',')[0]!)
    expect(ids).toHaveLength(MANY + 2)
    expect(new Set(ids).size).toBe(MANY + 2)
    expect(ids).toEqual(ids.toSorted().toReversed())
  })

  it('has what the document names of a task, quoted where it has to be', async () => {
    const { text } = await server.get(`${PATH}?status=FAILED`)
    const [, row] = /^[^\r]*\r\n([^]*)\r\n$/.exec(text)!
    const { createdAt, startedAt, finishedAt, workerId } = await server.broker.getTask(failed)
    const iso = (at: number) => new Date(at).toISOString()

    expect(row).toBe(
      `${failed},fail,FAILED,5,${iso(createdAt)},${iso(startedAt!)},${iso(finishedAt!)},${workerId},0,` +
        `"bad ""quote"", naïve\nsecond line 🙂"`,
    )
    expect(iso(createdAt)).toMatch(INSTANT)
  })

  it('starts no formula in a spreadsheet', async () => {
    const { text } = await server.get(`${PATH}?search=HYPERLINK`)

    expect(linesOf(text)[1]).toContain(`,"'=HYPERLINK(""http://evil.example"",""x"")",PENDING,`)
  })

  it('filters as the search does, and takes a part when asked', async () => {
    const count = async (query: string) => linesOf((await server.get(`${PATH}?${query}`)).text).length - 2

    expect(await count('task_name=many')).toBe(MANY)
    expect(await count('task_name=many&priority=2&status=PENDING&created_after=2026-01-01')).toBe(MANY)
    expect(await count('task_name=many&limit=1200')).toBe(1200)
    expect(await count('task_name=many&limit=2000&offset=1000')).toBe(MANY - 1000)
    expect(await count('task_name=many&limit=100000')).toBe(MANY)
    expect(await count('task_name=nothing')).toBe(0)
    expect(await count('created_before=2026-01-01')).toBe(0)
    expect(await count('search=many&queue_name=default')).toBe(MANY)
    expect(await count(`worker_id=${(await server.broker.getTask(failed)).workerId}`)).toBe(1)
  })

  it('has a byte order mark when asked, for spreadsheets that need one', async () => {
    const first = async (query: string) =>
      new Uint8Array(
        await (await fetch(`${server.url}${PATH}?task_name=nothing${query}`)).arrayBuffer(),
      ).slice(0, 3)

    expect([...(await first(''))]).toEqual([...Buffer.from('tas')])
    expect([...(await first('&bom=true'))]).toEqual([0xef, 0xbb, 0xbf])
  })

  it.each([
    ['status=LOST', 'status'],
    ['limit=0', 'limit'],
    ['offset=x', 'offset'],
    ['bom=maybe', 'bom'],
    ['created_after=soon', 'created_after'],
  ])('refuses %s before it sends anything', async (query, name) => {
    const answer = await server.get(`${PATH}?${query}`)

    expectRefusal(answer, 400, 'INVALID_REQUEST')
    expect(answer.body.detail).toContain(`'${name}'`)
  })

  it('is a refusal when the first page cannot be read', async () => {
    await using broken = await serveBroker(failingBroker(server.broker, new Error('secret')), {
      dialects: [dtqs],
    })

    expectRefusal(await broken.get(PATH), 500, 'INTERNAL_ERROR')
  })

  it('breaks off where it cannot go on, so that nobody takes a part for the whole', async () => {
    await using broken = await serveBroker(
      {
        ...server.broker,
        listTasks(query) {
          if (query.cursor !== undefined) throw new Error('the disk is gone')
          return server.broker.listTasks(query)
        },
      },
      { dialects: [dtqs] },
    )

    const answer = await fetch(`${broken.url}${PATH}`)

    expect(answer.status).toBe(200)
    await expect(answer.text()).rejects.toThrow('terminated')
  })

  it('reads no further than its client does', async () => {
    let pages = 0
    await using counting = await serveBroker(
      {
        ...server.broker,
        async listTasks(query) {
          pages += 1
          // The same page for ever: an export without end.
          return { ...(await server.broker.listTasks({ ...query, cursor: undefined })), next: '1000000' }
        },
      },
      { dialects: [dtqs] },
    )
    const request = get(`${counting.url}${PATH}`)
    const [answer] = await once(request, 'response')
    answer.pause()
    // Other requests are the clock: what reads on by itself reads on while they are answered.
    let seen = -1
    while (seen !== pages) {
      seen = pages
      for (let round = 0; round < 30; round += 1) await counting.get('/api/v1/search/presets')
    }

    expect(pages).toBeGreaterThan(0)
    request.destroy()
  })
})
