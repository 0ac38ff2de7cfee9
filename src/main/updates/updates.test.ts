import { EventEmitter } from 'node:events'
import { describe, expect, it, vi } from 'vitest'
import { createUpdates, type Updater } from './updates.ts'

const NOW = Date.UTC(2026, 10, 21)

type QuitAndInstall = (isSilent: boolean, isForceRunAfter: boolean) => void

/** What a test answers for a library that will not look here. */
const INACTIVE = 'inactive'

/** What electron-updater would say, said by the test while it is asked. */
function createUpdater(whenAsked: (emit: (name: string, what?: unknown) => void) => unknown = () => null) {
  const events = new EventEmitter()
  const updater = Object.assign(events, {
    autoDownload: false,
    autoInstallOnAppQuit: false,
    logger: console,
    checkForUpdates: vi.fn<() => Promise<unknown>>(async () => {
      const answer = whenAsked((name, what) => void events.emit(name, what))
      return answer === INACTIVE ? null : {}
    }),
    quitAndInstall: vi.fn<QuitAndInstall>(),
  }) as unknown as Updater & { readonly quitAndInstall: ReturnType<typeof vi.fn<QuitAndInstall>> }
  return { updater, say: (name: string, what?: unknown) => void events.emit(name, what) }
}

function open(updater: Updater, offBecause: string | null = null) {
  const loadUpdater = vi.fn<() => Promise<Updater>>(async () => updater)
  const quit = vi.fn<() => void>()
  const releaseInstanceLock = vi.fn<() => void>()
  const onReady = vi.fn<(version: string) => void>()
  return {
    loadUpdater,
    quit,
    releaseInstanceLock,
    onReady,
    ...createUpdates({ offBecause, loadUpdater, quit, releaseInstanceLock, onReady, now: () => NOW }),
  }
}

describe('newer versions of the desktop app', () => {
  it('are not looked for where there is no feed: the library is not even loaded', async () => {
    const { updater } = createUpdater()
    const updates = open(updater, 'made without a feed')
    expect(await updates.check()).toEqual({ kind: 'off', reason: 'made without a feed' })
    updates.restart()
    expect(updates.loadUpdater).not.toHaveBeenCalled()
    expect(updates.quit).not.toHaveBeenCalled()
    updates.leave()
    expect(updates.quit).toHaveBeenCalledTimes(1)
  })

  it('are none when the feed has none, which is remembered with the time', async () => {
    const { updater } = createUpdater((emit) => emit('update-not-available', { version: '0.1.0' }))
    const updates = open(updater)
    expect(updates.state()).toEqual({ kind: 'current', checkedAt: null })
    expect(await updates.check()).toEqual({ kind: 'current', checkedAt: NOW })
    await updates.check()
    expect(updates.loadUpdater).toHaveBeenCalledTimes(1)
    expect(updater).toMatchObject({ autoDownload: true, autoInstallOnAppQuit: true, logger: null })
  })

  it('are downloaded, and told once when ready', async () => {
    const { updater, say } = createUpdater((emit) => emit('update-available', { version: '0.2.0' }))
    const updates = open(updater)
    expect(await updates.check()).toEqual({ kind: 'downloading', version: '0.2.0', percent: 0 })
    say('download-progress', { percent: 41.7 })
    expect(updates.state()).toEqual({ kind: 'downloading', version: '0.2.0', percent: 41 })
    await updates.check()
    expect(updater.checkForUpdates).toHaveBeenCalledTimes(1)
    say('update-downloaded', { version: '0.2.0' })
    say('update-downloaded', { version: '0.2.0' })
    expect(updates.state()).toEqual({ kind: 'ready', version: '0.2.0' })
    expect(updates.onReady.mock.calls).toEqual([['0.2.0']])
  })

  it('are installed by a restart after everything has stopped, and otherwise left to the quitting', async () => {
    const { updater, say } = createUpdater((emit) => emit('update-available', { version: '0.2.0' }))
    const updates = open(updater)
    await updates.check()
    say('update-downloaded', { version: '0.2.0' })
    updates.leave()
    expect(updater.quitAndInstall).not.toHaveBeenCalled()
    expect(updates.quit).toHaveBeenCalledTimes(1)
    updates.restart()
    expect(updates.quit).toHaveBeenCalledTimes(2)
    expect(updater.quitAndInstall).not.toHaveBeenCalled()
    updates.leave()
    expect(updates.releaseInstanceLock).toHaveBeenCalledBefore(updater.quitAndInstall)
    expect(updater.quitAndInstall.mock.calls).toEqual([[true, true]])
    expect(updates.quit).toHaveBeenCalledTimes(2)
  })

  it('that cannot be installed leave nothing hanging: it quits all the same', async () => {
    const { updater, say } = createUpdater()
    const updates = open(updater)
    await updates.check()
    say('update-downloaded', { version: '0.2.0' })
    updates.restart()
    updates.leave()
    say('error', new Error('the installer is gone'))
    expect(updates.quit).toHaveBeenCalledTimes(2)
  })

  it('stay ready when a later look fails', async () => {
    const { updater, say } = createUpdater()
    const updates = open(updater)
    await updates.check()
    say('update-downloaded', { version: '0.2.0' })
    say('error', new Error('offline'))
    expect(updates.state()).toEqual({ kind: 'ready', version: '0.2.0' })
  })

  it('are not waited for where the library will not look', async () => {
    const { updater } = createUpdater(() => INACTIVE)
    expect(await open(updater).check()).toMatchObject({
      kind: 'failed',
      message: 'This package cannot replace itself.',
    })
  })

  it('are looked for again after a failure, of which one line is shown', async () => {
    let isOffline = true
    const { updater } = createUpdater((emit) => {
      if (isOffline) throw new Error(`net::ERR_INTERNET_DISCONNECTED ${'x'.repeat(500)}\n<html>`)
      emit('update-not-available', { version: '0.1.0' })
    })
    const updates = open(updater)
    const failed = await updates.check()
    expect(failed.kind === 'failed' && failed.message).toMatch(/^net::ERR_INTERNET_DISCONNECTED x{200,270}$/)
    isOffline = false
    expect(await updates.check()).toEqual({ kind: 'current', checkedAt: NOW })
  })
})
