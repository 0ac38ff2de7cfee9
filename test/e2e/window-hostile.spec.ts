import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, type Page } from '@playwright/test'
import { PAGES } from '../../src/renderer/app/pages.ts'
import { type HeadlessServer, startServer } from './headless-server.ts'
import { HOSTILE_PAYLOADS, HOSTILE_SITE } from './hostile-payloads.ts'
import { test, watchPage } from './served-window.ts'
import { openTemporaryFolder } from './temporary-folder.ts'

/** Says what it is given wherever a task can say anything. */
const HANDLER = `
  export async function hostile({ kwargs }, context) {
    for (const payload of kwargs.payloads) {
      context.log.warn(payload)
      context.progress(0.5, { stage: payload, message: payload })
    }
    if (kwargs.ends === 'well') return { [kwargs.payloads[0]]: kwargs.payloads }
    const error = new Error(kwargs.payloads.join('\\n'), { cause: new Error(kwargs.payloads[1]) })
    error.name = kwargs.payloads[0]
    throw error
  }`
const GROUP = 10

test('150 hostile texts in every field and on every page are shown as text: nothing runs, nothing leaves', async ({
  page,
}) => {
  test.setTimeout(180_000)
  expect(new Set(HOSTILE_PAYLOADS).size).toBe(150)
  await using folder = await openTemporaryFolder()
  await mkdir(path.join(folder.path, 'tasks'))
  await writeFile(path.join(folder.path, 'tasks', 'hostile.js'), HANDLER)
  await using server = await startServer(folder.path, ['--listen=0=taskqueue'])
  const tasks = await fill(server)

  const problems = watchPage(page, server.address)
  page.on('dialog', (dialog) => {
    throw new Error(`a dialog said ${dialog.message()}`)
  })
  await page.goto(server.address)
  for (const { path: address, title } of PAGES) {
    await page.goto(`${server.address}/#${address}`)
    await expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible()
    const row = page.getByRole('main').getByRole('row').nth(1)
    if (await row.isVisible()) await row.click()
    await expectHarmless(page)
  }
  for (const { id, payloads } of tasks) {
    await page.goto(`${server.address}/#/tasks?task=${id}`)
    await expect(page.getByRole('complementary')).toContainText(shown(payloads[1]!))
    await expectHarmless(page)
  }
  await page.goto(`${server.address}/#/tasks?task=${tasks[0]!.id}&tab=logs`)
  await expect(page.getByRole('log')).toContainText(shown(tasks[0]!.payloads[1]!))
  await expectHarmless(page)
  await page.getByRole('button', { name: 'Edit and run again…' }).click()
  await expect
    .poll(() => page.getByLabel('Keyword arguments (kwargs)').inputValue())
    .toContain(shown(tasks[0]!.payloads[1]!))
  await expectHarmless(page)
  for (let from = 0; from < tasks.length; from += 4) {
    const runs = tasks.slice(from, from + 4)
    const view = from % 8 === 0 ? 'fields' : 'lines'
    const ids = runs.map(({ id }) => id).join(',')
    await page.goto(`${server.address}/#/tasks/compare?runs=${encodeURIComponent(ids)}&view=${view}`)
    const main = page.getByRole('main')
    await expect(main.getByRole('region', { name: 'Log lines of A' })).toContainText(
      shown(runs[0]!.payloads[1]!),
    )
    await expectHarmless(page)
  }
  expect(problems).toEqual([])
})

/** What of a payload reads the same in JSON, where quotes and backslashes do not. */
const shown = (payload: string) => /(window\.ranHostile=|hostile\.invalid\/)\d+/.exec(payload)![0]

interface HostileTask {
  readonly id: string
  readonly payloads: readonly string[]
}

async function fill(server: HeadlessServer): Promise<readonly HostileTask[]> {
  await server.submitMany(
    HOSTILE_PAYLOADS.map((payload) => ({
      name: payload.replaceAll('\0', ''),
      metadata: { [payload]: payload },
      kwargs: JSON.stringify({ [payload]: payload }),
      args: JSON.stringify([payload]),
    })),
  )
  const groups = Array.from({ length: HOSTILE_PAYLOADS.length / GROUP }, (_, index) =>
    HOSTILE_PAYLOADS.slice(index * GROUP, (index + 1) * GROUP),
  )
  for (const payloads of groups) {
    const name = payloads[0]!.replaceAll('\0', '')
    await server.call('/rpc/schedules/create', {
      name,
      timing: { kind: 'interval', everyMs: 3_600_000 },
      task: { name, metadata: { [name]: name } },
    })
    await server.call('/rpc/workflows/submit', {
      name,
      nodes: [
        {
          key: name.slice(0, 60),
          task: { name: 'hostile', kwargs: JSON.stringify({ payloads }) },
          parents: [],
          onFailure: 'fail',
        },
      ],
    })
    const registered = await fetch(`${await taskqueueAddress(server)}/api/workers/`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ name, queues: ['nothing-here'], task_names: payloads }),
    })
    expect(registered.status).toBeLessThan(300)
  }
  const ends = ['well', 'badly'] as const
  const given = groups.flatMap((payloads) => ends.map((end) => ({ payloads, end })))
  const receipts = await server.submitMany(
    given.map(({ payloads, end }) => ({
      name: 'hostile',
      kwargs: JSON.stringify({ payloads, ends: end, [payloads[2]!]: payloads[3] }),
      maxRetries: 0,
    })),
  )
  await expect.poll(() => server.count('default', ['failed'])).toBeGreaterThanOrEqual(groups.length)
  return receipts.map(({ id }, index) => ({ id, payloads: given[index]!.payloads }))
}

async function taskqueueAddress(server: HeadlessServer): Promise<string> {
  interface Listener {
    readonly address: string
    readonly dialects: readonly string[]
  }
  const { listeners } = await server.call<{ listeners: readonly Listener[] }>('/rpc/system/status', null)
  return listeners.find(({ dialects }) => dialects.includes('taskqueue'))!.address
}

/** Nothing of it has become an element, an attribute or an address. */
async function expectHarmless(page: Page): Promise<void> {
  const found = await page.evaluate((site) => {
    const bad: string[] = []
    if ('ranHostile' in window) bad.push(`ran ${String(window.ranHostile)}`)
    for (const element of document.body.querySelectorAll('*')) {
      if (/^(script|iframe|object|embed|base|marquee|math|noscript|audio|video)$/i.test(element.localName))
        bad.push(element.outerHTML.slice(0, 200))
      for (const { name, value } of element.attributes)
        if (
          /^on/i.test(name) ||
          (/^(href|src|action|srcdoc|xlink:href)$/i.test(name) &&
            (/^\s*(javascript|data:text)/i.test(value) || value.includes(site)))
        )
          bad.push(`${element.localName} ${name}=${value}`)
    }
    return bad
  }, HOSTILE_SITE)
  expect(found).toEqual([])
}
