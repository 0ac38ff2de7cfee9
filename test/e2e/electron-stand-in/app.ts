import type * as Electron from 'electron'
import { EventEmitter } from 'node:events'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { aboutPanel } from './about-panel.ts'
import { browser } from './browser.ts'
import type { FromProgram } from './control-messages.ts'
import { lifecycle } from './lifecycle.ts'
import { preventable } from './preventable.ts'
import { acquireInstanceLock, type InstanceLock } from './single-instance.ts'
import { strict } from './strict.ts'
import { windows } from './windows.ts'

type AppApi = Pick<
  Electron.App,
  | 'whenReady'
  | 'enableSandbox'
  | 'setPath'
  | 'requestSingleInstanceLock'
  | 'releaseSingleInstanceLock'
  | 'quit'
  | 'exit'
  | 'relaunch'
  | 'setAboutPanelOptions'
  | 'showAboutPanel'
  | 'isPackaged'
  | 'getLoginItemSettings'
  | 'setLoginItemSettings'
  | 'setAsDefaultProtocolClient'
> & {
  readonly dock: Electron.Dock | undefined
  readonly commandLine: Pick<Electron.CommandLine, 'hasSwitch'>
  getPath(name: 'userData'): string
}

/** Chromium gets this long to close its windows before the process ends without it. */
const CLOSE_LIMIT_MS = 10_000

class App extends EventEmitter implements AppApi {
  readonly #ready = Promise.withResolvers<void>()
  #lock: InstanceLock | null = null
  #userData: string | null = null
  #isSandboxed = false
  #isQuitting = false
  #opensAtLogin = false
  #aboutPanel: Electron.AboutPanelOptionsOptions = {}
  readonly #relaunches: FromProgram[] = []

  /** A test may make it look installed. */
  isPackaged = false
  /** Only macOS has one. */
  readonly dock = undefined

  readonly commandLine = strict('app.commandLine', {
    hasSwitch: (name: string) => switchValue(name) !== null,
  })

  /** The main module has been evaluated: what Electron does next. */
  async becomeReady(onEndpoint: (endpoint: string) => void): Promise<void> {
    if (this.#isQuitting || lifecycle.isEnding()) return
    if (!this.#isSandboxed) throw new Error('the program never called app.enableSandbox()')
    await lifecycle.untilEnding(async () => {
      onEndpoint(await browser.start(this.getPath('userData')))
      if (lifecycle.isEnding()) return
      lifecycle.enter('ready')
      this.emit('ready', preventable({}), {})
      this.#ready.resolve()
    })
  }

  whenReady(): Promise<void> {
    return this.#ready.promise
  }

  enableSandbox(): void {
    if (lifecycle.isReady()) throw new Error('app.enableSandbox() can only be called before app is ready')
    this.#isSandboxed = true
  }

  getPath(name: 'userData'): string {
    if (name !== 'userData')
      throw new Error(`the stand-in for electron has no app.getPath('${String(name)}')`)
    const folder = this.#userData ?? switchValue('user-data-dir')
    if (folder === null || folder === '') throw new Error('a test must give --user-data-dir=<folder>')
    return path.resolve(folder)
  }

  setPath(name: string, folder: string): void {
    if (name !== 'userData') throw new Error(`the stand-in for electron has no app.setPath('${name}')`)
    this.#userData = folder
  }

  getLoginItemSettings(): Electron.LoginItemSettings {
    const openAtLogin = this.#opensAtLogin
    return {
      openAtLogin,
      wasOpenedAtLogin: false,
      status: openAtLogin ? 'enabled' : 'not-registered',
      executableWillLaunchAtLogin: openAtLogin,
      launchItems: [],
    }
  }

  setLoginItemSettings({ openAtLogin = false }: Electron.Settings): void {
    this.#opensAtLogin = openAtLogin
  }

  /** The system would be changed by it. */
  setAsDefaultProtocolClient(): boolean {
    return false
  }

  setAboutPanelOptions(options: Electron.AboutPanelOptionsOptions): void {
    this.#aboutPanel = options
  }

  showAboutPanel(): void {
    aboutPanel.shown = this.#aboutPanel
  }

  requestSingleInstanceLock(): boolean {
    this.#lock ??= acquireInstanceLock(this.getPath('userData'), ({ argv, workingDirectory }) => {
      this.emit('second-instance', preventable({}), argv, workingDirectory, undefined)
    })
    return this.#lock.isHeld
  }

  releaseSingleInstanceLock(): void {
    this.#lock?.release()
    this.#lock = null
  }

  quit(): void {
    if (this.#isQuitting || lifecycle.isEnding()) return
    const beforeQuit = preventable({})
    this.emit('before-quit', beforeQuit)
    if (beforeQuit.defaultPrevented) return
    this.#isQuitting = true
    for (const window of windows) window.close()
    if (windows.size === 0) this.#willQuit()
    else this.#isQuitting = false
  }

  exit(code = 0): void {
    if (lifecycle.isEnding()) return
    lifecycle.enter('ending')
    for (const window of windows) window.destroy()
    this.emit('quit', preventable({}), code)
    void this.#end(code)
  }

  /** Takes effect when this process ends, however it does; as often as it was asked for. */
  relaunch({ execPath, args }: Electron.RelaunchOptions = {}): void {
    this.#relaunches.push({
      kind: 'relaunch',
      execPath: execPath ?? process.execPath,
      args: args ?? process.argv.slice(1),
    })
  }

  /** Called by a window that is gone. */
  windowClosed(): void {
    if (windows.size > 0 || this.#isQuitting || lifecycle.isEnding()) return
    if (!this.emit('window-all-closed')) this.quit()
  }

  #willQuit(): void {
    const event = preventable({})
    this.emit('will-quit', event)
    if (event.defaultPrevented) this.#isQuitting = false
    else this.exit(0)
  }

  async #end(code: number): Promise<void> {
    await this.#lock?.isTold
    await Promise.race([browser.close(), wait(CLOSE_LIMIT_MS)])
    this.#lock?.release()
    for (const message of this.#relaunches) await tellTest(message)
    process.exit(code)
  }
}

/**
 * Electron leaves a helper behind that starts the program again. Here the test is that helper: it outlives
 * this process, and can follow the next one.
 */
function tellTest(message: FromProgram): Promise<void> {
  if (process.send === undefined) throw new Error('nobody is there to start the program again')
  const { promise, resolve } = Promise.withResolvers<void>()
  process.send(message, () => resolve())
  return promise
}

/** Value of `--name=value` or, without one, of `--name`; null when it is not given. */
function switchValue(name: string): string | null {
  const found = process.argv.find((arg) => arg === `--${name}` || arg.startsWith(`--${name}=`))
  return found === undefined ? null : found.slice(name.length + 3)
}

const theApp = new App()

// As Electron on Linux and macOS, where these quit the program in order.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => theApp.quit())

export const app = strict('app', theApp)
