import { app, BrowserWindow, protocol, session } from 'electron'
import path from 'node:path'
import { isForPeople } from '../server/app/setup-error.ts'
import { APP_SCHEME, FAILURE_PATH, FAILURE_URL, WINDOW_URL } from './app-scheme.ts'
import { readCommandLine } from './command-line.ts'
import { answerWithFailure } from './failure-page.ts'
import { handOutPorts } from './hand-out-ports.ts'
import { bringToFront, loadPage, openWindow } from './open-window.ts'
import { quitInOrder } from './quit-in-order.ts'
import { restrictPermissions } from './restrict-permissions.ts'
import { startEngine } from './start-engine.ts'
import { serveFilesOf } from './window-files.ts'

/** Where the build put this file's neighbours: `out/preload`, `out/renderer`, `out/server`. */
const OUT_FOLDER = path.join(import.meta.dirname, '..')
const PRELOAD_FILE = path.join(OUT_FOLDER, 'preload', 'index.cjs')

/** Alone on a line of standard output: the window is on screen. The launcher waits for it. */
const READY_LINE = 'APP_WINDOW_READY\n'

/** The one instance of the desktop app: the engine and the window, started side by side. */
export function startDesktop(): void {
  let failure: Error | null = null
  const engine = startEngine({
    commandLine: readCommandLine(process.argv.slice(1)),
    outFolder: OUT_FOLDER,
  }).catch((error: unknown) => fail('Penstock could not start', error))
  const isReady = app.whenReady()

  handOutPorts(engine.then((started) => started?.router ?? null))
  quitInOrder({
    stop: async () => {
      const started = await engine
      await started?.stop().catch((error: unknown) => fail('Penstock did not stop in order', error))
    },
    exitCode: () => (failure === null ? 0 : 1),
  })
  app.on('second-instance', () => void isReady.then(() => bringToFront(theWindow())))
  app.on('activate', () => void isReady.then(() => bringToFront(theWindow())))
  app.on('window-all-closed', () => {
    // On macOS a program outlives its windows: the queues go on. One that never started does not.
    if (process.platform !== 'darwin' || failure !== null) app.quit()
  })

  void isReady.then(async () => {
    restrictPermissions(session.defaultSession)
    const answerWithFile = serveFilesOf(path.join(OUT_FOLDER, 'renderer'))
    protocol.handle(APP_SCHEME, (request) =>
      failure !== null && new URL(request.url).pathname === FAILURE_PATH
        ? answerWithFailure(failure.message)
        : answerWithFile(request),
    )
    const window = theWindow()
    await engine
    if (failure !== null && !window.isDestroyed()) void load(window, FAILURE_URL)
  })

  function fail(what: string, error: unknown): null {
    failure = error instanceof Error ? error : new Error(String(error))
    // A message for people says it all; of a bug, the place matters more.
    process.stderr.write(
      `${what}: ${isForPeople(error) ? error.message : (failure.stack ?? failure.message)}\n`,
    )
    return null
  }

  function theWindow(): BrowserWindow {
    const [opened] = BrowserWindow.getAllWindows()
    if (opened !== undefined) return opened
    const window = openWindow({ preloadFile: PRELOAD_FILE, onShown: () => process.stdout.write(READY_LINE) })
    void load(window, failure === null ? WINDOW_URL : FAILURE_URL)
    return window
  }

  async function load(window: BrowserWindow, url: string): Promise<void> {
    try {
      await loadPage(window, url)
    } catch (error) {
      process.stderr.write(`The window could not load its page: ${String(error)}\n`)
    }
  }
}
