import { expect, test, type Page } from '@playwright/test'
import type { PenstockBridge, PortMessage } from '../../src/shared/contract/bridge.ts'
import type { DesktopApp } from './desktop-app.ts'
import { shareDesktop } from './shared-desktop.ts'
import { connected } from './strip.ts'

declare global {
  interface Window {
    readonly penstock?: PenstockBridge
  }
}

const desktopApp = shareDesktop()

let desktop: DesktopApp
let page: Page
test.beforeEach(async () => {
  desktop = desktopApp()
  page = await desktop.firstWindow()
})

test('the window comes from the app itself and talks to it through a port', async () => {
  expect(desktop.urlOf(page)).toMatch(/^app:\/\/bundle\/index\.html/)
  await expect(connected(page)).toBeVisible()
  const asked = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name))
  expect(asked.length).toBeGreaterThan(0)
  expect(asked.filter((url) => url.includes('/rpc'))).toEqual([])
})

test('the page has nothing of Node and of Electron but its bridge', async () => {
  const found = await page.evaluate(() => ({
    names: [
      'require',
      'module',
      'exports',
      'process',
      'Buffer',
      'global',
      '__dirname',
      'ipcRenderer',
      'electron',
    ].filter((name) => name in window),
    bridge: Object.entries(window.penstock ?? {}).map(([name, value]) => [name, typeof value]),
    isFrozen: Object.isFrozen(window.penstock),
  }))
  expect(found).toEqual({
    names: [],
    bridge: [
      ['platform', 'string'],
      ['connect', 'function'],
      ['startUp', 'function'],
    ],
    isFrozen: true,
  })
})

test('the page runs no script but its own', async () => {
  const outcome = await page.evaluate(async () => {
    const violation = (directive: string, violate: () => unknown) =>
      new Promise<void>((resolve) => {
        document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
          if (effectiveDirective === directive) resolve()
        })
        violate()
      })
    const addScript = (properties: Partial<HTMLScriptElement>) =>
      document.head.append(Object.assign(document.createElement('script'), properties))
    await violation('script-src-elem', () => addScript({ textContent: 'window.ranInline = true' }))
    await violation('script-src-elem', () => addScript({ src: 'https://example.com/script.js' }))
    await violation('connect-src', () => fetch('https://example.com/').catch(() => undefined))
    let evaluated: unknown
    try {
      // oxlint-disable-next-line no-eval -- that it does not work is what is tested
      evaluated = (0, eval)('1 + 1')
    } catch (error) {
      evaluated = (error as Error).name
    }
    return { evaluated, ranInline: 'ranInline' in window }
  })
  expect(outcome).toEqual({ evaluated: 'EvalError', ranInline: false })
})

test('the page reads no file beside its own', async () => {
  const answers = await page.evaluate(async () => {
    const urls = ['/..%2f..%2fpackage.json', '/%2e%2e/main/index.js', '/..%5cmain%5cindex.js', '/index.html']
    return Promise.all(urls.map(async (url) => (await fetch(url)).status))
  })
  expect(answers).toEqual([404, 404, 404, 200])
})

test('the page cannot be framed, not even by itself', async () => {
  const outcome = await page.evaluate(async () => {
    const frame = document.createElement('iframe')
    frame.src = '/index.html'
    const isLoaded = new Promise((resolve) => frame.addEventListener('load', resolve))
    document.body.append(frame)
    await isLoaded
    // A page that refused has given way to one of another origin, closed to this one.
    const isRefused = frame.contentDocument === null
    frame.remove()
    const { headers } = await fetch('/index.html')
    return { isRefused, policy: headers.get('content-security-policy') }
  })
  expect(outcome.isRefused).toBe(true)
  expect(outcome.policy).toContain("frame-ancestors 'none'")
})

for (const target of [
  'https://example.com/?next=app://bundle/index.html',
  'http://app.bundle.example.com/',
  'app://bundle.example.com/index.html',
]) {
  test(`the window does not leave for ${target}`, async () => {
    const before = page.url()
    await page.evaluate(() => Object.assign(window, { isSamePage: true }))
    await desktop.evaluate(({ BrowserWindow }) => {
      const seen: unknown[] = []
      Object.assign(globalThis, { seenNavigations: seen })
      BrowserWindow.getAllWindows()[0]!.webContents.once('will-frame-navigate', (event) => {
        seen.push({ url: event.url, isPrevented: event.defaultPrevented })
      })
    })

    await page.evaluate((url) => {
      const link = document.createElement('a')
      link.href = url
      document.body.append(link)
      link.click()
      link.remove()
    }, desktop.toPageUrl(target))

    const seen = () =>
      desktop.evaluate(() => (globalThis as unknown as { seenNavigations: unknown[] }).seenNavigations)
    await expect.poll(seen).toEqual([{ url: target, isPrevented: true }])
    expect(await page.evaluate(() => 'isSamePage' in window)).toBe(true)
    expect(page.url()).toBe(before)
  })
}

test('the window opens no other, and only web and mail links outside', async () => {
  await desktop.evaluate(({ shell }) => {
    const opened: string[] = []
    Object.assign(globalThis, { openedOutside: opened })
    Object.assign(shell, {
      openExternal: async (url: string) => {
        opened.push(url)
      },
    })
  })

  const opened = await page.evaluate(() => {
    const urls = [
      'file:///etc/passwd',
      'https://example.com/docs',
      'smb://host/share',
      'mailto:someone@example.com',
    ]
    const link = Object.assign(document.createElement('a'), {
      href: 'https://example.com/link',
      target: '_blank',
    })
    document.body.append(link)
    link.click()
    link.remove()
    return urls.map((url) => window.open(url) === null)
  })

  expect(opened).toEqual([true, true, true, true])
  const outside = () =>
    desktop.evaluate(() => (globalThis as unknown as { openedOutside: string[] }).openedOutside)
  const expected = ['https://example.com/link', 'https://example.com/docs', 'mailto:someone@example.com']
  await expect.poll(async () => (await outside()).toSorted()).toEqual(expected.toSorted())
  await expect.poll(() => page.context().pages().length).toBe(1)
})

test('the page is permitted to copy, and nothing else', async () => {
  const states = () =>
    page.evaluate(() => {
      const names = [
        'geolocation',
        'notifications',
        'camera',
        'microphone',
        'midi',
        'clipboard-read',
        'clipboard-write',
      ]
      return Promise.all(
        names.map(
          async (name) => (await navigator.permissions.query({ name: name as PermissionName })).state,
        ),
      )
    })
  // The stand-in tells them to Chromium one after the other, beside the loading of the page.
  await expect.poll(states).toEqual(['denied', 'denied', 'denied', 'denied', 'denied', 'denied', 'granted'])
})

test('only the top frame of the window is given a port', async () => {
  const given = await desktop.evaluate(({ BrowserWindow, ipcMain }) => {
    const sender = BrowserWindow.getAllWindows()[0]!.webContents
    const isGiven = (frame: { url: string; parent: object | null } | null) => {
      let isPosted = false
      const postMessage = () => {
        isPosted = true
      }
      ipcMain.emit('penstock:connect', { sender, senderFrame: frame && { ...frame, postMessage } })
      return isPosted
    }
    return [
      isGiven({ url: 'app://bundle/index.html', parent: null }),
      isGiven({ url: 'app://bundle/index.html', parent: {} }),
      isGiven({ url: 'https://example.com/?app://bundle/', parent: null }),
      isGiven({ url: 'about:blank', parent: null }),
      isGiven(null),
    ]
  })
  expect(given).toEqual([true, false, false, false, false])
  // The one that was given took the place of the page's own.
  await page.reload()
  await expect(connected(page)).toBeVisible()
})

test('a page that asks for another port loses the one it had', async () => {
  const isClosed = await page.evaluate(async () => {
    const connect = () =>
      new Promise<MessagePort>((resolve) => {
        // The page's own port of the desktop app may be on its way.
        window.addEventListener('message', ({ data, ports }: MessageEvent<Partial<PortMessage> | null>) => {
          if (data?.service === 'broker') resolve(ports[0]!)
        })
        window.penstock!.connect()
      })
    const first = await connect()
    const closed = new Promise((resolve) => first.addEventListener('close', () => resolve(true)))
    first.start()
    await connect()
    return closed
  })
  expect(isClosed).toBe(true)
})

test('what is not of the protocol ends its port and harms nobody', async () => {
  const isClosed = await page.evaluate(async () => {
    const port = await new Promise<MessagePort>((resolve) => {
      window.addEventListener('message', ({ data, ports }: MessageEvent<Partial<PortMessage> | null>) => {
        if (data?.service === 'broker') resolve(ports[0]!)
      })
      window.penstock!.connect()
    })
    const closed = new Promise((resolve) => port.addEventListener('close', () => resolve(true)))
    port.start()
    port.postMessage('{"i":')
    return closed
  })
  expect(isClosed).toBe(true)
  await page.reload()
  await expect(connected(page)).toBeVisible()
})

test('a gap of the stand-in is an error, never a silent undefined', async () => {
  test.skip(desktop.shell === 'electron', 'real Electron has no gaps')
  await expect(desktop.evaluate(({ app }) => app.getGPUFeatureStatus())).rejects.toThrow(
    'the stand-in for electron has no app.getGPUFeatureStatus',
  )
})
