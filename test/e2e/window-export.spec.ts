import { readFile } from 'node:fs/promises'
import { expect, type Page } from '@playwright/test'
import { keepPicture } from './served-window.ts'
import { test, toast } from './shared-window.ts'

const exportAs = async (window: Page, item: RegExp) => {
  await window.getByRole('button', { name: 'Export', exact: true }).click()
  const [download] = await Promise.all([
    window.waitForEvent('download'),
    window.getByRole('menuitem', { name: item }).click(),
  ])
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') }
}

test('a filtered list is exported, beyond what is loaded, without secrets and without formulas', async ({
  server,
  window,
  visit,
}) => {
  const kwargs = '{"to":"=HYPERLINK(1)","api_key":"s3cr3t","id":9007199254740993}'
  await server.submitMany([
    ...Array.from({ length: 230 }, () => ({ name: '=nobody', queue: 'export', kwargs })),
    { name: 'another', queue: 'export-not', kwargs },
  ])
  await visit('/tasks?queue=export')

  const csv = await exportAs(window, /^As CSV/)
  await expect(toast(window, 'Exported 230 tasks. Secrets are masked.')).toBeVisible()
  await keepPicture(window, 'exported')
  expect(csv.name).toMatch(/^tasks-.*\.csv$/)
  expect(csv.text.match(/'=nobody/g)).toHaveLength(230)
  expect(csv.text).not.toMatch(/(^|,)"?=/m)
  expect(csv.text).not.toContain('another')
  expect(csv.text).not.toContain('s3cr3t')

  const json = await exportAs(window, /^As JSON/)
  expect(json.name).toMatch(/\.json$/)
  const tasks = JSON.parse(json.text) as readonly { readonly queue: string; readonly kwargs: object }[]
  expect(tasks).toHaveLength(230)
  expect(new Set(tasks.map(({ queue }) => queue))).toEqual(new Set(['export']))
  expect(json.text).toContain('9007199254740993')
  expect(json.text).not.toContain('s3cr3t')
})
