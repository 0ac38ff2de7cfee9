import type { AppUpdater } from 'electron-updater'
import type { UpdateState } from '../../shared/contract/update-calls.ts'

/** What is used of electron-updater. */
export type Updater = Pick<
  AppUpdater,
  'on' | 'checkForUpdates' | 'quitAndInstall' | 'autoDownload' | 'autoInstallOnAppQuit' | 'logger'
>

export interface UpdatesOptions {
  /** Why there are none, for people; null when there can be. */
  readonly offBecause: string | null
  /** Loads the library; called once, and never while there are no updates. */
  loadUpdater(): Promise<Updater>
  quit(): void
  /** The new version may be started before this one is gone, and has to be let in. */
  releaseInstanceLock(): void
  /** Called once for each version that waits for a restart. */
  onReady(version: string): void
  /** Epoch milliseconds. */
  now(): number
}

export interface Updates {
  state(): UpdateState
  /** Looks for a newer version and downloads it; answers once it is known whether there is one. Never rejects. */
  check(): Promise<UpdateState>
  /** Quits, and starts again as the new version; does nothing while none is ready. */
  restart(): void
  /** The last act of quitting, when everything else has stopped: installs what is to be restarted as, or just quits. */
  leave(): void
}

const MOST_WORDS = 300

/** Newer versions of the packaged app: found, downloaded, installed when people say so or quit. */
export function createUpdates(options: UpdatesOptions): Updates {
  const { offBecause, loadUpdater, quit, releaseInstanceLock, onReady, now } = options
  let state: UpdateState =
    offBecause === null ? { kind: 'current', checkedAt: null } : { kind: 'off', reason: offBecause }
  let loaded: Promise<Updater> | null = null
  let ready: Updater | null = null
  let isRestarting = false

  /** What is downloaded stays ready, whatever is found later. */
  function turn(next: UpdateState): void {
    if (state.kind !== 'ready' || next.kind === 'ready') state = next
  }

  const fail = (error: unknown) => turn({ kind: 'failed', message: firstLine(error) })

  async function load(): Promise<Updater> {
    const updater = await loadUpdater()
    updater.autoDownload = true
    updater.autoInstallOnAppQuit = true
    updater.logger = null
    let found = ''
    updater.on('update-not-available', () => turn({ kind: 'current', checkedAt: now() }))
    updater.on('update-available', ({ version }) => {
      found = version
      turn({ kind: 'downloading', version, percent: 0 })
    })
    updater.on('download-progress', ({ percent }) =>
      turn({ kind: 'downloading', version: found, percent: Math.floor(percent) }),
    )
    updater.on('update-downloaded', ({ version }) => {
      const isNews = state.kind !== 'ready' || state.version !== version
      ready = updater
      turn({ kind: 'ready', version })
      if (isNews) onReady(version)
    })
    updater.on('error', fail)
    return updater
  }

  return {
    state: () => state,
    async check() {
      if (state.kind === 'off' || state.kind === 'checking' || state.kind === 'downloading') return state
      turn({ kind: 'checking' })
      try {
        const updater = await (loaded ??= load())
        const found = await updater.checkForUpdates()
        if (found === null) fail(new Error('This package cannot replace itself.'))
        // Whatever it fails with, the event `error` has told.
        found?.downloadPromise?.catch(() => {})
      } catch (error) {
        fail(error)
      }
      return state
    },
    restart() {
      if (state.kind !== 'ready') return
      isRestarting = true
      quit()
    },
    leave() {
      if (!isRestarting || ready === null) return quit()
      // Nothing is left that could show what went wrong.
      ready.on('error', quit)
      releaseInstanceLock()
      // Silent, and started again afterwards. It quits by itself once the installer is under way.
      ready.quitAndInstall(true, true)
    },
  }
}

/** A feed that answers with a page would fill the window with it. */
function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return (text.split('\n', 1)[0] ?? '').slice(0, MOST_WORDS)
}
