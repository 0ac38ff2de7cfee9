import { mkdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect } from '@playwright/test'
import { startServer } from './headless-server.ts'
import { goTo, keepPicture, test, watchPage } from './served-window.ts'
import { openTemporaryFolder } from './temporary-folder.ts'
import { connected } from './strip.ts'

test('the demo task is seen in the window from submit to success', async ({ server, window }) => {
  await goTo(window, 'Tasks')

  const id = await server.submit({ type: 'demo', payload: { message: 'Hello', count: 5 } })

  const row = window.getByRole('row').filter({ hasText: 'demo' })
  await row.getByText('demo', { exact: true }).click()
  const drawer = window.getByRole('complementary', { name: 'Task demo' })
  await expect(drawer.getByRole('progressbar')).toBeVisible()
  await keepPicture(window, 'demo-task-under-way')

  await expect(row).toContainText('Succeeded')
  await expect(drawer).toContainText('100 %')
  await expect(window).toHaveURL(new RegExp(id))
  await keepPicture(window, 'demo-task-succeeded')
})

/** As the demo, but each step lasts until its gate is opened: a look may come as late as it likes. */
const GATED = `
  import { existsSync } from 'node:fs'
  import { setTimeout as wait } from 'node:timers/promises'
  export async function gated({ kwargs: { gates } }, context) {
    for (const [step, gate] of gates.entries()) {
      while (existsSync(gate)) await wait(20, undefined, { signal: context.signal })
      context.progress((step + 1) / gates.length, { message: 'Hello (' + (step + 1) + ' of ' + gates.length + ')' })
    }
  }`

test('what a task does is seen while it does it, step by step', async ({ page }) => {
  await using folder = await openTemporaryFolder()
  await mkdir(path.join(folder.path, 'tasks'))
  await writeFile(path.join(folder.path, 'tasks', 'gated.js'), GATED)
  const gates = ['first', 'second', 'last'].map((name) => path.join(folder.path, name))
  for (const gate of gates) await writeFile(gate, '')
  await using server = await startServer(folder.path)
  const problems = watchPage(page, server.address)
  await page.goto(`${server.address}/#/tasks`)
  await expect(connected(page)).toBeVisible()

  await server.submit({ type: 'gated', payload: { gates } })

  const row = page.getByRole('row').filter({ hasText: 'gated' })
  await expect(row).toContainText('Running')
  await row.getByText('gated', { exact: true }).click()
  const drawer = page.getByRole('complementary', { name: 'Task gated' })
  for (const [step, percent] of ['33 %', '66 %', '100 %'].entries()) {
    await rm(gates[step]!)
    await expect(row).toContainText(step < 2 ? `Hello (${step + 1} of 3)` : 'Succeeded')
    await expect(drawer).toContainText(percent)
  }
  expect(problems).toEqual([])
})
