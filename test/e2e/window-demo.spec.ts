import { expect, type Page } from '@playwright/test'
import { goTo, keepPicture, test } from './served-window.ts'

test('the demo task is seen in the window from submit to success', async ({ server, window }) => {
  await goTo(window, 'Tasks')
  const shown = await watchRow(window, 'demo')

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
  const texts = await shown()
  expect(texts.some((text) => text.startsWith('Running'))).toBe(true)
  // The progress, live: some of it, as the window draws no oftener than it has to.
  expect(texts.some((text) => /Hello \([1-4] of 5\)/.test(text))).toBe(true)
})

/** Collects everything that a row has shown, however short; a look from outside might come too late. */
async function watchRow(window: Page, name: string): Promise<() => Promise<string[]>> {
  const texts = await window.evaluateHandle((wanted) => {
    const seen = new Set<string>()
    const look = () => {
      for (const row of document.querySelectorAll<HTMLElement>('[role="row"]')) {
        if (row.innerText.includes(wanted)) seen.add(row.innerText.trim())
      }
    }
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true })
    return seen
  }, name)
  return () => texts.evaluate((seen) => [...seen])
}
