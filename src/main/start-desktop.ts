import { app, protocol, session } from 'electron'
import { flushCompileCache } from 'node:module'
import path from 'node:path'
import type { StartUpAction } from '../shared/contract/bridge.ts'
import { APP_SCHEME, FAILURE_URL, WINDOW_URL } from './app-scheme.ts'
import { readCommandLine } from './command-line.ts'
import { handOutPorts } from './hand-out-ports.ts'
import { openPreferences } from './preferences/preferences-file.ts'
import { quitInOrder } from './quit-in-order.ts'
import { restrictPermissions } from './restrict-permissions.ts'
import { createFolderChoice } from './start/choose-folders.ts'
import { describeFailure } from './start/describe-failure.ts'
import { runEngine } from './start/run-engine.ts'
import { markStart, startSteps } from './start/start-marks.ts'
import { hearStartUpActions } from './start/start-up-actions.ts'
import { answerWindow } from './window/answer-window.ts'
import { createMainWindow } from './window/main-window.ts'

/** Where the build put this file's neighbours: `out/preload`, `out/renderer`, `out/server`. */
const OUT_FOLDER = path.join(import.meta.dirname, '..')

/** Alone on a line of standard output: the window is on screen. The launcher waits for it. */
const READY_LINE = 'APP_WINDOW_READY\n'

/** The one instance of the desktop app: the engine and the window, started side by side. */
export function startDesktop(): void {
  const commandLine = readCommandLine(process.argv.slice(1))
  const preferences = openPreferences(path.join(app.getPath('userData'), 'desktop.json'), Date.now())
  const folders = createFolderChoice(commandLine, preferences)
  const isReady = app.whenReady()
  const isShown = Promise.withResolvers<void>()

  const engine = runEngine({
    async start() {
      const { startEngine } = await import('./start-engine.ts')
      markStart('engine-modules')
      const { listeners } = commandLine
      const started = await startEngine({ folders: folders.current(), listeners, outFolder: OUT_FOLDER })
      markStart('engine')
      return started
    },
    onFailure(what, error) {
      const title = what === 'start' ? 'Penstock could not start' : 'Penstock did not stop in order'
      // A message for people says it all; of a bug, the place matters more.
      const { details } = describeFailure(error)
      process.stderr.write(`${title}: ${details ?? error.message}\n`)
    },
  })
  const failure = () => {
    const error = engine.failure()
    return error === null ? null : describeFailure(error)
  }
  const window = createMainWindow({
    preloadFile: path.join(OUT_FOLDER, 'preload', 'index.cjs'),
    preferences,
    pageUrl: () => (engine.failure() === null ? WINDOW_URL : FAILURE_URL),
    onShown() {
      markStart('window-shown')
      process.stdout.write(READY_LINE)
      isShown.resolve()
    },
  })

  handOutPorts(async () => (await engine.current())?.router ?? null)
  quitInOrder({ stop: engine.stop, exitCode: () => (engine.failure() === null ? 0 : 1) })
  app.on('second-instance', () => void isReady.then(window.show))
  app.on('activate', () => void isReady.then(window.show))
  app.on('window-all-closed', () => {
    // On macOS a program outlives its windows: the queues go on. One that never started does not.
    if (process.platform !== 'darwin' || engine.failure() !== null) app.quit()
  })
  hearStartUpActions(
    () => failure()?.actions ?? [],
    (action) => void act(action),
  )

  void isReady.then(async () => {
    markStart('ready')
    restrictPermissions(session.defaultSession)
    protocol.handle(APP_SCHEME, answerWindow(OUT_FOLDER, failure))
    window.open()
    markStart('window')
    await engine.current()
    await window.refresh()
    await isShown.promise
    const started = await engine.current()
    started?.logger.info({ steps: startSteps() }, 'started; each step in milliseconds from the first')
    for (const problem of preferences.problems) started?.logger.warn(problem)
    flushCompileCache()
  })

  async function act(action: StartUpAction): Promise<void> {
    const opened = window.current()
    if (action === 'quit') return app.quit()
    if (action === 'open-data-folder') return folders.openDataFolder()
    const isOn =
      action === 'try-again' ||
      (opened !== null &&
        (await folders.choose(action === 'choose-data-folder' ? 'dataFolder' : 'tasksFolder', opened)))
    if (isOn) await engine.tryAgain()
    await window.refresh()
    // Asked for in vain, or given up: the page has to be as it was before the click.
    if (engine.failure() !== null) window.current()?.webContents.reload()
  }
}
