import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Updates } from '../updates/updates.ts'

const app = { relaunch: vi.fn<(options: object) => void>(), quit: vi.fn<() => void>() }
vi.mock('electron', () => ({ app }))
const { createRestart } = await import('./create-restart.ts')

const restartOfUpdate = vi.fn<() => void>()
const never = () => {
  throw new Error('not asked for here')
}
const updatesIn = (state: ReturnType<Updates['state']>): Updates => ({
  state: () => state,
  restart: restartOfUpdate,
  check: never,
  leave: never,
})
const NONE = updatesIn({ kind: 'off', reason: 'This Penstock runs from its sources.' })

describe('a restart', () => {
  beforeEach(() => {
    vi.clearAllMocks()
    vi.unstubAllEnvs()
    vi.stubEnv('PENSTOCK_LAUNCHER', undefined)
  })

  it('is done once, however often it is asked for', () => {
    const restart = createRestart(NONE)
    restart()
    restart()
    expect(app.relaunch).toHaveBeenCalledOnce()
    expect(app.quit).toHaveBeenCalledOnce()
  })

  it('is left to the launcher, where one waits for the end', () => {
    vi.stubEnv('PENSTOCK_LAUNCHER', '1')
    const toStdout = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
    createRestart(NONE)()
    const told = toStdout.mock.calls
    toStdout.mockRestore()
    expect(told).toEqual([['APP_RESTART\n']])
    expect(app.relaunch).not.toHaveBeenCalled()
    expect(app.quit).toHaveBeenCalledOnce()
  })

  it('is that of a newer version, when one waits to be installed', () => {
    createRestart(updatesIn({ kind: 'ready', version: '0.2.0' }))()
    expect(restartOfUpdate).toHaveBeenCalledOnce()
    expect(app.relaunch).not.toHaveBeenCalled()
    expect(app.quit).not.toHaveBeenCalled()
  })
})
