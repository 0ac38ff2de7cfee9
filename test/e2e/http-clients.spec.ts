import { expect, type Page } from '@playwright/test'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { startServer } from './headless-server.ts'
import { test } from './served-window.ts'
import { openTemporaryFolder } from './temporary-folder.ts'

/** The documents' examples in JavaScript, letter for letter but for the address, in a browser. */
const TURBINE_EXAMPLE = `
// Fetch overview
const response = await fetch('http://localhost:8080/api/overview');
const data = await response.json();
console.log(data);

// Subscribe to SSE
const eventSource = new EventSource('http://localhost:8080/api/events');
eventSource.onmessage = (event) => {
  const data = JSON.parse(event.data);
  console.log('Event:', data);
};
`
const ASYNQ_EXAMPLE = `
const es = new EventSource(\`/api/v1/tasks/\${taskId}/progress/stream\`);
es.addEventListener('progress', (e) => {
    const data = JSON.parse(e.data);
    console.log(\`[\${data.percentage}%] \${data.message}\`);
});
es.addEventListener('done', () => es.close());
`

/** Everything that the page's scripts print: objects as JSON. */
function printedIn(page: Page): readonly string[] {
  const printed: string[] = []
  page.on('console', (message) => {
    void Promise.all(
      message.args().map(async (arg) => {
        const value: unknown = await arg.jsonValue()
        return typeof value === 'string' ? value : JSON.stringify(value)
      }),
    ).then((parts) => printed.push(parts.join(' ')))
  })
  return printed
}

const run = (page: Page, script: string) => page.evaluate(`(async () => {${script}})()`)

/** The server as the documents name it; another name would be another site to a browser. */
const asLocalhost = (address: string) => address.replace('127.0.0.1', 'localhost')

test("turbine's example fetches the overview and hears events", async ({ page, server }) => {
  const address = asLocalhost(server.address)
  await page.goto(address)
  const printed = printedIn(page)

  await run(
    page,
    `${TURBINE_EXAMPLE.replaceAll('http://localhost:8080', address)}
    await new Promise((resolve) => (eventSource.onopen = resolve));`,
  )
  const id = await server.submit({ type: 'sleep', payload: { ms: 1 } })

  await expect
    .poll(() => printed.find((line) => line.startsWith('{"tasks"')))
    .toContain('"total_processed":0')
  await expect
    .poll(() => printed.find((line) => line.includes('"task_completed"')))
    .toContain(`"task_id":"${id}"`)
  await expect
    .poll(() => printed.some((line) => line.startsWith('Event: ') && line.includes('"task_started"')))
    .toBe(true)
})

test("asynq's example hears the progress of a task, and closes when it is done", async ({ page, server }) => {
  await page.goto(asLocalhost(server.address))
  const printed = printedIn(page)
  // A stream tells what is new: the task begins when somebody listens.
  await server.call('/rpc/queues/update', { name: 'default', changes: { concurrency: 4 } })
  await server.call('/rpc/queues/setPaused', { name: 'default', isPaused: true })
  const id = await server.submit({ type: 'demo', payload: { message: 'Hello', count: 4 } })

  await run(
    page,
    `const taskId = '${id}';${ASYNQ_EXAMPLE}
    es.addEventListener('done', (e) => console.log('readyState', es.readyState, JSON.parse(e.data)));
    await new Promise((resolve) => (es.onopen = resolve));`,
  )
  await server.call('/rpc/queues/setPaused', { name: 'default', isPaused: false })

  await expect.poll(() => printed.at(-1)).toBe(`readyState 2 {"task_id":"${id}","status":"completed"}`)
  expect(printed.at(-2)).toMatch(/^\[100%\] /)
  expect(printed.filter((line) => line.startsWith('[100%]'))).toHaveLength(1)
})

test('an EventSource that lost its connection goes on where it was, without a gap', async ({ page }) => {
  await using folder = await openTemporaryFolder()
  const first = await startServer(folder.path)
  const { port } = new URL(first.address)
  await page.goto(asLocalhost(first.address))
  await page.evaluate(`
    window.seen = []
    window.source = new EventSource('/api/events')
    source.onmessage = ({ lastEventId, data }) => seen.push({ id: Number(lastEventId), type: JSON.parse(data).type })
    new Promise((resolve) => (source.onopen = resolve))`)
  await first.submit({ type: 'sleep', payload: { ms: 1 } })
  await expect.poll(() => page.evaluate('seen.at(-1)?.type')).toBe('task_completed')
  await first[Symbol.asyncDispose]()

  await using second = await startServer(folder.path, [`--listen=${port}=turbine,asynq`])
  await second.submit({ type: 'sleep', payload: { ms: 1 } })

  await expect
    .poll(() => page.evaluate('seen.filter(({ type }) => type === "task_completed").length'))
    .toBe(2)
  const ids = (await page.evaluate('seen.map(({ id }) => id)')) as readonly number[]
  expect(ids).toEqual(ids.map((_, index) => ids[0]! + index))
})

test.describe('a page of another origin', () => {
  /** What a page at `origin` gets from `url`: the status, or why not. */
  const fetched = async (page: Page, url: string) =>
    page.evaluate(
      (target) =>
        fetch(target).then(
          ({ status }) => String(status),
          (error: Error) => error.message,
        ),
      url,
    )

  async function openPage() {
    const http = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html')
      response.end('<!doctype html><title>Another origin</title>')
    })
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
    const { port } = http.address() as AddressInfo
    const close = () =>
      new Promise<void>((resolve) => {
        http.close(() => resolve())
        // Also those over which the browser has asked nothing yet, which are not taken for idle.
        http.closeAllConnections()
      })
    return { port, [Symbol.asyncDispose]: close }
  }

  test('may use the server when it is of this machine, and not from another site', async ({
    page,
    server,
  }) => {
    await using other = await openPage()
    const url = `${asLocalhost(server.address)}/api/overview`

    await page.goto(`http://localhost:${other.port}`)
    expect(await fetched(page, url)).toBe('200')
    // The same machine by another name is another site to the browser.
    await page.goto(`http://127.0.0.1:${other.port}`)
    expect(await fetched(page, url)).toBe('Failed to fetch')
  })

  test("may, wherever it is, with --cors '*' as the document says, or when it is named", async ({ page }) => {
    await using other = await openPage()
    for (const origin of ['*', `http://127.0.0.1:${other.port}`]) {
      await using folder = await openTemporaryFolder()
      await using server = await startServer(folder.path, ['--cors', origin])
      await page.goto(`http://127.0.0.1:${other.port}`)

      const url = `${asLocalhost(server.address)}/api/v1/tasks`
      expect(await fetched(page, url)).toBe('200')
      const submitted = await page.evaluate(async (target) => {
        const answer = await fetch(target, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', 'Idempotency-Key': 'once' },
          body: '{"type":"sleep","payload":{"ms":1}}',
        })
        return answer.status
      }, url)
      expect(submitted).toBe(201)
    }
  })
})
