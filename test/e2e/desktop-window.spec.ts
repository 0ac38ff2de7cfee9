import { expect, test } from '@playwright/test'
import { shareDesktop } from './shared-desktop.ts'
import { shownAddress } from './strip.ts'

const desktopApp = shareDesktop()

test('on the first run the tasks folder opens in the file manager of the system', async () => {
  const desktop = desktopApp()
  const page = await desktop.firstWindow()
  await desktop.evaluate(({ shell }) => {
    const opened: string[] = []
    Object.assign(globalThis, { openedFolders: opened })
    Object.assign(shell, {
      openPath: async (folder: string) => {
        opened.push(folder)
        return ''
      },
    })
  })

  await page.getByRole('button', { name: 'Open tasks folder' }).click()

  const opened = () =>
    desktop.evaluate(() => (globalThis as unknown as { openedFolders: string[] }).openedFolders)
  await expect.poll(opened).toEqual([expect.stringMatching(/[/\\]tasks$/)])
})

test('a task submitted over HTTP is seen in the desktop window, through its port', async () => {
  const page = await desktopApp().firstWindow()
  const address = await shownAddress(page).innerText()
  const submit = () =>
    fetch(`http://${address}/api/v1/tasks`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ type: 'demo', payload: { message: 'Hello', count: 2 } }),
    })
  // Refused with 503 until the executor has told what it can run.
  await expect.poll(async () => (await submit()).status).toBe(201)

  await page.getByRole('link', { name: 'Tasks' }).click()
  const row = page.getByRole('row').filter({ hasText: 'demo' })
  await expect(row).toContainText('Succeeded')
  await row.getByText('demo', { exact: true }).click()
  await expect(page.getByRole('complementary', { name: 'Task demo' })).toContainText('100 %')
  await page.screenshot({ path: test.info().outputPath('desktop-window.png') })
})
