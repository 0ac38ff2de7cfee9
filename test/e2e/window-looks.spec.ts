import { AxeBuilder } from '@axe-core/playwright'
import { expect } from '@playwright/test'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { goTo, keepPicture, test, untilStill, type PageName } from './served-window.ts'

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the window follows the system when it is ${colorScheme}, and everybody can read it`, async ({
    server,
    window,
  }) => {
    await window.emulateMedia({ colorScheme })
    await server.submit({ type: 'demo', payload: { message: 'Hello', count: 1 } })
    await server.submit({ type: 'sleep', payload: { ms: 5 } })
    await expect(window.locator('html')).toHaveAttribute('data-theme', colorScheme)

    await server.submit({ type: 'fail', payload: { message: 'on purpose' }, max_retries: 0 })
    const seen = {
      Overview: 'demo',
      Tasks: 'demo',
      Queues: 'default',
      Workers: 'Slots in use',
      'Dead letters': 'on purpose',
      Events: 'demo',
    } as const
    for (const [name, text] of Object.entries(seen) as [PageName, string][]) {
      await goTo(window, name)
      // Past the first moment, in which nothing has come yet.
      await expect(window.getByRole('main').getByText(text, { exact: true }).first()).toBeVisible()
      await keepPicture(window, `${name.toLowerCase().replace(' ', '-')}-${colorScheme}`)
      await untilStill(window)
      const { violations } = await new AxeBuilder({ page: window }).analyze()
      expect(violations.map(({ id, nodes }) => ({ id, where: nodes.map(({ target }) => target) }))).toEqual(
        [],
      )
    }
  })
}

test('the code of every page is fetched before anybody goes there', async ({ window }) => {
  const assets = path.join(import.meta.dirname, '../../out/renderer/assets')
  const pages = readdirSync(assets).filter((name) => /-page-.*\.js$/.test(name))
  expect(pages.length).toBeGreaterThan(10)
  const fetched = () =>
    window.evaluate(() =>
      performance.getEntriesByType('resource').map(({ name }) => name.slice(name.lastIndexOf('/') + 1)),
    )
  await expect.poll(fetched).toEqual(expect.arrayContaining(pages))
})

test('the choice of light or dark outlives the page', async ({ window }) => {
  await window.emulateMedia({ colorScheme: 'light' })
  await window.getByRole('button', { name: 'Theme' }).click()
  await window.getByRole('menuitemradio', { name: 'Dark' }).click()
  await expect(window.locator('html')).toHaveAttribute('data-theme', 'dark')

  await window.reload()

  await expect(window.locator('html')).toHaveAttribute('data-theme', 'dark')
})
