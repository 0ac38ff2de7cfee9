import { expect, test, type Locator, type Page } from '@playwright/test'
import { mkdirSync, readdirSync, realpathSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { DesktopApp } from './desktop-app.ts'
import { launch } from './launch.ts'
import { openTemporaryFolder } from './temporary-folder.ts'
import { connected, shownAddress } from './strip.ts'

const LISTEN = ['--listen', '0=turbine,asynq']

/** Asks to move the data folder, and answers the question for a place as a person would. */
async function askForMove(desktop: DesktopApp, move: Locator, folder: string | null): Promise<void> {
  await desktop.evaluate(({ dialog }, chosen) => {
    Object.assign(globalThis, { isAsked: false })
    Object.assign(dialog, {
      async showOpenDialog() {
        Object.assign(globalThis, { isAsked: true })
        return { canceled: chosen === null, filePaths: chosen === null ? [] : [chosen] }
      },
    })
  }, folder)
  await move.click()
  await expect
    .poll(() => desktop.evaluate(() => (globalThis as unknown as { isAsked: boolean }).isAsked))
    .toBe(true)
}

async function openSettings(desktop: DesktopApp) {
  const page = await desktop.firstWindow()
  await expect(connected(page)).toBeVisible()
  await desktop.evaluate(({ Menu }) => Menu.getApplicationMenu()!.getMenuItemById('page:/settings')!.click())
  const panel = page.getByRole('region', { name: 'Desktop' })
  await expect(panel.getByText('Data folder', { exact: true })).toBeVisible()
  return { page, panel, move: panel.getByRole('button', { name: 'Move…' }) }
}

async function submit(page: Page): Promise<void> {
  const address = await shownAddress(page).innerText()
  const send = () =>
    fetch(`http://${address}/api/v1/tasks`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ type: 'demo', payload: { message: 'Hello', count: 1 } }),
    })
  // Refused with 503 until the executor has told what it can run.
  await expect.poll(async () => (await send()).status).toBe(201)
}

test('the data folder is moved from Settings, at the next start, and that start tells of it', async () => {
  await using folder = await openTemporaryFolder()
  const base = realpathSync.native(folder.path)
  const userData = path.join(base, 'profile')
  const disk = path.join(base, 'disk')
  const to = path.join(disk, 'penstock-data')
  mkdirSync(disk)
  writeFileSync(path.join(disk, 'a photo.jpg'), '')
  await using desktop = await launch({ userData, args: LISTEN })
  test.skip(desktop.shell === 'electron', 'what Electron starts again cannot be followed from here')
  {
    const { page, panel, move } = await openSettings(desktop)
    await submit(page)
    await expect(panel.getByText(path.join(userData, 'data'))).toBeVisible()

    await askForMove(desktop, move, null)
    await askForMove(desktop, move, path.join(userData, 'data', 'backups'))
    await expect(page.getByText(/is inside the data folder .*; choose one outside of it/)).toBeVisible()
    await expect(panel.getByText('At the next start')).toHaveCount(0)

    await askForMove(desktop, move, disk)
    await expect(panel.getByText(`it is moved to ${to}`)).toBeVisible()
    await panel.getByRole('button', { name: 'Do not' }).click()
    await expect(panel.getByText('At the next start')).toHaveCount(0)
    await askForMove(desktop, move, disk)
    await expect(panel.getByText(`it is moved to ${to}`)).toBeVisible()
    await panel.scrollIntoViewIfNeeded()
    await panel.screenshot({ path: test.info().outputPath('move-asked-light.png') })
    await page.emulateMedia({ colorScheme: 'dark' })
    await panel.screenshot({ path: test.info().outputPath('move-asked-dark.png') })
    expect(readdirSync(disk)).toEqual(['a photo.jpg'])
    // The page may be gone before its click is answered.
    await panel
      .getByRole('button', { name: 'Restart now' })
      .click()
      .catch(() => undefined)
    expect(await desktop.exited).toEqual({ code: 0, signal: null })
  }
  await using again = await desktop.startedAgain()
  // Goes by itself after seconds.
  const told = (await again.firstWindow()).getByText(/was moved to .*penstock-data, with 1 task\./)
  await expect(told).toBeVisible()
  const { page, panel } = await openSettings(again)
  await expect(panel.getByText('The data folder was moved', { exact: true })).toBeVisible()
  await expect(panel.getByText(`It came from ${path.join(userData, 'data')}, with 1 task.`)).toBeVisible()
  await expect(panel.getByText(to, { exact: true })).toBeVisible()
  await panel.screenshot({ path: test.info().outputPath('moved-light.png') })
  await page.screenshot({ path: test.info().outputPath('moved-page-light.png') })
  expect(readdirSync(to)).toContain('penstock.db')
  expect(readdirSync(path.join(userData, 'data'))).toEqual(['moved-to.json'])
  await again.evaluate(({ Menu }) => Menu.getApplicationMenu()!.getMenuItemById('page:/tasks')!.click())
  await expect(page.getByRole('row').filter({ hasText: 'demo' })).toHaveCount(1)
  expect(await again.quit()).toEqual({ code: 0, signal: null })
})
