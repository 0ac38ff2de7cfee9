import type * as Electron from 'electron'
import type { Page } from '@playwright/test'

/** The built desktop app, running in real Electron or in its stand-in. */
export interface DesktopApp extends AsyncDisposable {
  readonly shell: 'electron' | 'stand-in'
  /** Of the main process. */
  readonly pid: number
  /** The page of the first window, once it shows something of the app's own. */
  firstWindow(): Promise<Page>
  /** Runs a function, sent as text, in the main process. */
  evaluate<Value, Argument>(
    run: (electron: typeof Electron, argument: Argument) => Value | Promise<Value>,
    argument?: Argument,
  ): Promise<Value>
  /** Where the app takes a page to be, as `app://bundle/index.html`. */
  urlOf(page: Page): string
  /** The address a page of the app has to be sent to for a URL of the app's. */
  toPageUrl(url: string): string
  /** Everything it printed so far. */
  readonly output: { readonly stdout: string; readonly stderr: string }
  /** Quits as a user would, and waits for the end of the process. */
  quit(): Promise<Exit>
  readonly exited: Promise<Exit>
  /**
   * What `app.relaunch` starts once this program is gone; waits for its end.
   * @throws Error when nothing was to be started, or what is cannot be followed
   */
  startedAgain(): Promise<DesktopApp>
}

export interface Exit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

export interface LaunchOptions {
  /** Chromium's profile, and the app's own folders inside it. */
  readonly userData: string
  /** What comes after the program on the command line. */
  readonly args?: readonly string[]
}
