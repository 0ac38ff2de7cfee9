import { app, protocol, session } from 'electron'
import { flushCompileCache } from 'node:module'
import path from 'node:path'
import type { StartNotice } from '../server/app/start-notice.ts'
import type { StartUpAction } from '../shared/contract/bridge.ts'
import { APP_SCHEME, FAILURE_URL, WINDOW_URL } from './app-scheme.ts'
import { createBackupCopies } from './backups/create-backup-copies.ts'
import { attendBroker, type BrokerAttendance } from './attend-broker.ts'
import { readCommandLine } from './command-line.ts'
import { chooseFolder } from './data-folder/choose-folder.ts'
import { createDataFolderMoves } from './data-folder/data-folder-moves.ts'
import { createDesktopRouter } from './desktop-port/create-desktop-router.ts'
import { createWindowMessages } from './desktop-port/window-messages.ts'
import { handOutPorts } from './hand-out-ports.ts'
import { hearLinks } from './links/hear-links.ts'
import { installMenu } from './menu/install-menu.ts'
import { createDesktopSettings } from './preferences/desktop-settings.ts'
import { openPreferences } from './preferences/preferences-file.ts'
import { quitInOrder } from './quit-in-order.ts'
import { createRestart } from './restart/create-restart.ts'
import { restrictPermissions } from './restrict-permissions.ts'
import { createFolderChoice } from './start/choose-folders.ts'
import { describeFailure } from './start/describe-failure.ts'
import { runEngine } from './start/run-engine.ts'
import { markStart, startSteps } from './start/start-marks.ts'
import { hearStartUpActions } from './start/start-up-actions.ts'
import { tellIfSlow } from './start/tell-if-slow.ts'
import { loginItem } from './system/login-item.ts'
import { checkDaily, createDesktopUpdates } from './updates/desktop-updates.ts'
import { answerWindow } from './window/answer-window.ts'
import { createCloseQuestion } from './window/close-question.ts'
import { createMainWindow } from './window/main-window.ts'

/** Where the build put this file's neighbours: `out/preload`, `out/renderer`, `out/server`. */
const OUT_FOLDER = path.join(import.meta.dirname, '..')

/** Alone on a line of standard output: the window is on screen. The launcher waits for it. */
const READY_LINE = 'APP_WINDOW_READY\n'

const MOVE_WORDS = { title: 'Choose where the data folder is to be', buttonLabel: 'Move it here' }

/** The one instance of the desktop app: the engine and the window, started side by side. */
export function startDesktop(): void {
  const commandLine = readCommandLine(process.argv.slice(1))
  const preferences = openPreferences(path.join(app.getPath('userData'), 'desktop.json'), Date.now())
  const settings = createDesktopSettings({ preferences, loginItem, now: Date.now })
  const folders = createFolderChoice(commandLine, preferences)
  const messages = createWindowMessages()
  const isReady = app.whenReady()
  let attendance: BrokerAttendance | null = null
  const isShown = Promise.withResolvers<void>()

  const tell = ({ tone, message }: StartNotice | { readonly tone: 'plain'; readonly message: string }) =>
    messages.say({ kind: 'tell', tone, message: message.slice(0, 1000) })
  const updates = createDesktopUpdates((version) => {
    tell({ tone: 'success', message: `Penstock ${version} is here; restart it from Settings.` })
  })
  const restart = createRestart(updates)

  const slowSteps = tellIfSlow((message) => tell({ tone: 'plain', message }))
  const engine = runEngine({
    async start() {
      const { startEngine } = await import('./start-engine.ts')
      markStart('engine-modules')
      const { listeners } = commandLine
      const started = await startEngine({
        folders: folders.current(),
        listeners,
        outFolder: OUT_FOLDER,
        onNotice: tell,
        onWait: slowSteps.onWait,
        restart,
      }).finally(slowSteps.end)
      markStart('engine')
      return started
    },
    onStarted(started) {
      void isReady.then(() => attendance?.attend(started))
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
  const closing = createCloseQuestion({
    settings,
    messages,
    isEngineRunning: () => engine.failure() === null,
    hideWindow: () => window.hide(),
  })
  const window = createMainWindow({
    preloadFile: path.join(OUT_FOLDER, 'preload', 'index.cjs'),
    preferences,
    pageUrl: () => (engine.failure() === null ? WINDOW_URL : FAILURE_URL),
    onShown() {
      markStart('window-shown')
      process.stdout.write(READY_LINE)
      isShown.resolve()
    },
    onClose: closing.onClose,
  })

  const backupCopies = createBackupCopies({
    backups: async () => (await engine.current())?.backups ?? null,
    window: window.current,
  })
  const dataFolder = createDataFolderMoves({
    running: () => engine.current(),
    async chooseFolder() {
      const parent = window.current()
      return parent === null ? null : chooseFolder(parent, MOVE_WORDS)
    },
  })
  const desktopRouter = createDesktopRouter({
    messages,
    settings,
    updates,
    backupCopies,
    dataFolder,
    restart,
    logger: {
      error: (fields, message) =>
        void engine.current().then((running) => running?.logger.error(fields, message)),
    },
    answerClose: closing.answer,
  })
  handOutPorts({
    broker: async () => (await engine.current())?.router ?? null,
    connection: async (name) => (await engine.current())?.connectionRouter(name) ?? null,
    desktop: () => Promise.resolve(desktopRouter),
  })
  quitInOrder({
    async stop() {
      attendance?.stop()
      await backupCopies.stop()
      await engine.stop()
    },
    exitCode: () => (engine.failure() === null ? 0 : 1),
    leave: updates.leave,
  })
  app.on('second-instance', () => void isReady.then(window.show))
  app.on('activate', () => void isReady.then(window.show))
  app.on('window-all-closed', () => {
    if (!closing.outlivesWindow()) app.quit()
  })
  hearLinks({
    messages,
    args: process.argv.slice(1),
    showWindow: () => void isReady.then(window.show),
  })
  hearStartUpActions(
    () => failure()?.actions ?? [],
    (action) => void act(action),
  )

  void isReady.then(async () => {
    markStart('ready')
    restrictPermissions(session.defaultSession)
    protocol.handle(APP_SCHEME, answerWindow(OUT_FOLDER, failure))
    if (!commandLine.isHidden) window.open()
    markStart('window')
    installMenu((id) => {
      messages.say({ kind: 'command', id })
      window.show()
    })
    attendance = attendBroker({ window, messages, settings })
    const started = await engine.current()
    // What went wrong has to be seen.
    if (started === null) window.open()
    await window.refresh()
    // Whoever waits for the window is not to wait for one that nobody asked for.
    if (commandLine.isHidden) process.stdout.write(READY_LINE)
    else await isShown.promise
    started?.logger.info({ steps: startSteps() }, 'started; each step in milliseconds from the first')
    for (const problem of preferences.problems) started?.logger.warn(problem)
    for (const message of preferences.problems) tell({ tone: 'failure', message })
    flushCompileCache()
    checkDaily(updates)
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
