import { expect, test, type Page } from '@playwright/test'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { DesktopApp } from './desktop-app.ts'
import type { StandInControls } from './electron-stand-in/stand-in-controls.ts'
import { launch, noteShell } from './launch.ts'
import { openTemporaryFolder, type TemporaryFolder } from './temporary-folder.ts'
import { connected, shownAddress } from './strip.ts'

let folder: TemporaryFolder
let desktop: DesktopApp
let page: Page

/** Whatever task code prints, by whatever way; and the ways to take its process down with it. */
const NOISE = `
import { writeSync } from 'node:fs'
export function noise() {
  console.log('NOISE from console.log')
  console.error('NOISE from console.error')
  process.stdout.write('NOISE from stdout\\n')
  process.stderr.write('NOISE from stderr\\n')
  writeSync(1, 'APP_WINDOW_READY NOISE from a descriptor\\n')
  writeSync(2, 'NOISE from a descriptor\\n')
  return 'said'
}
export function crash() {
  writeSync(2, 'NOISE before the end\\n')
  process.kill(process.pid, 'SIGKILL')
}
`

test.beforeAll(async () => {
  folder = await openTemporaryFolder()
  mkdirSync(path.join(folder.path, 'tasks'))
  writeFileSync(path.join(folder.path, 'tasks', 'noise.ts'), NOISE)
  desktop = await launch({ userData: folder.path, args: ['--listen', '0=turbine,asynq'] })
  page = await desktop.firstWindow()
})
test.beforeEach(async () => {
  noteShell()
  await expect(connected(page)).toBeVisible()
})
test.afterAll(async () => {
  await desktop?.[Symbol.asyncDispose]()
  await folder?.[Symbol.asyncDispose]()
})

test('what task code prints, and its crashes, never reach the shell', async () => {
  const address = `http://${await shownAddress(page).innerText()}`
  const submit = async (name: string) => {
    const { status } = await fetch(`${address}/api/v1/tasks`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ type: name, payload: {}, max_retries: 0 }),
    })
    return status
  }
  const figures = async () => {
    const response = await fetch(`${address}/api/overview`)
    return ((await response.json()) as { tasks: { success: number; failed: number } }).tasks
  }
  // Refused with 503 until the executor has told what it can run.
  await expect.poll(() => submit('noise')).toBe(201)
  await expect.poll(figures).toMatchObject({ success: 1 })
  expect(await submit('crash')).toBe(201)
  // It is tried alone until it is known for what it is.
  await expect.poll(figures, { timeout: 30_000 }).toMatchObject({ failed: 1 })
  await expect.poll(() => submit('noise')).toBe(201)
  await expect.poll(figures).toMatchObject({ success: 2 })
  expect(desktop.output.stdout).not.toContain('NOISE')
  expect(desktop.output.stderr.split('\n').filter((line) => /^[^{]*NOISE/.test(line))).toEqual([])
  await expect(connected(page)).toBeVisible()
})

test('the policy is in the page and in what serves it', async () => {
  const { meta, header } = await page.evaluate(async () => ({
    meta: document.querySelector<HTMLMetaElement>('meta[http-equiv="Content-Security-Policy"]')?.content,
    header: (await fetch('/index.html')).headers.get('content-security-policy'),
  }))
  for (const policy of [meta, header]) {
    expect(policy).toMatch(/default-src 'self';/)
    expect(policy).toMatch(/object-src 'none'; base-uri 'none'/)
    expect(policy).not.toMatch(/unsafe|\*|https?:/)
  }
  expect(header).toContain("script-src 'self'")
})

test('no redirect, no webview and no frame leads out of the app', async () => {
  const prevented = await desktop.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]!.webContents
    const isPrevented = (name: string, url: string) => {
      let wasPrevented = false
      contents.emit(name, { url, preventDefault: () => (wasPrevented = true) }, url)
      return wasPrevented
    }
    return {
      redirect: isPrevented('will-redirect', 'https://example.com/'),
      frame: isPrevented('will-frame-navigate', 'file:///etc/passwd'),
      page: isPrevented('will-navigate', 'app://bundle.example.com/'),
      webview: isPrevented('will-attach-webview', 'app://bundle/index.html'),
      itself: isPrevented('will-navigate', 'app://bundle/index.html'),
    }
  })
  expect(prevented).toEqual({ redirect: true, frame: true, page: true, webview: true, itself: false })
})

test('a page is granted copying and nothing else, devices included, whoever asks', async () => {
  test.skip(desktop.shell === 'electron', 'the handlers themselves cannot be reached from here')
  const granted = await desktop.evaluate((electron) => {
    const { permissions } = (electron as unknown as { standIn: StandInControls }).standIn
    const own = 'app://bundle/index.html'
    const names = [
      'clipboard-sanitized-write',
      'clipboard-read',
      'media',
      'geolocation',
      'notifications',
      'openExternal',
      'fileSystem',
      'usb',
      'hid',
      'serial',
      'display-capture',
    ]
    const of = (url: string) =>
      names.filter((name) => {
        let isGranted = false
        permissions.request!({ getURL: () => url }, name, (answer) => (isGranted = answer))
        return isGranted || permissions.check!(null, name, url, { isMainFrame: true })
      })
    return {
      own: of(own),
      foreign: of('https://example.com/?app://bundle/'),
      device: ['usb', 'hid', 'serial'].filter((deviceType) =>
        permissions.device!({ deviceType, origin: own }),
      ),
    }
  })
  expect(granted).toEqual({ own: ['clipboard-sanitized-write'], foreign: [], device: [] })
})

test('only the window’s own page is given a port of the desktop app, and only of what there is', async () => {
  const given = await desktop.evaluate(({ BrowserWindow, ipcMain }) => {
    const sender = BrowserWindow.getAllWindows()[0]!.webContents
    const isGiven = (frame: { url: string; parent: object | null } | null, service: unknown) => {
      let isPosted = false
      const postMessage = () => {
        isPosted = true
      }
      ipcMain.emit('penstock:connect', { sender, senderFrame: frame && { ...frame, postMessage } }, service)
      return isPosted
    }
    const own = { url: 'app://bundle/index.html', parent: null }
    return [
      isGiven({ ...own, parent: {} }, 'desktop'),
      isGiven({ ...own, url: 'https://example.com/#app://bundle/' }, 'desktop'),
      isGiven(null, 'desktop'),
      isGiven(own, 'shell'),
      isGiven(own, '__proto__'),
      isGiven(own, { toString: () => 'desktop' }),
    ]
  })
  expect(given).toEqual([false, false, false, false, false, false])
})

test('a page whose process dies is loaded again, but not for ever', async () => {
  test.skip(desktop.shell === 'electron', 'there the page is really killed, and Playwright with it')
  const crash = async () => {
    const reloaded = page.waitForEvent('load')
    await desktop.evaluate(({ BrowserWindow, dialog }) => {
      Object.assign(dialog, { showErrorBox: (title: string) => Object.assign(globalThis, { told: title }) })
      const contents = BrowserWindow.getAllWindows()[0]!.webContents
      contents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 })
    })
    return reloaded
  }
  for (let time = 0; time < 3; time += 1) await crash()
  await expect(connected(page)).toBeVisible()
  void crash().catch(() => undefined)
  const told = () => desktop.evaluate(() => (globalThis as unknown as { told?: string }).told)
  await expect.poll(told).toBe('The window has crashed several times')
})
