import { describe, expect, it, vi } from 'vitest'
import { runEngine } from './run-engine.ts'

const engine = (stop: () => Promise<void> = () => Promise.resolve()) => ({ stop })

describe('the engine of the desktop app', () => {
  it('is tried again when it is asked for, and not by itself', async () => {
    const started = engine()
    const start = vi
      .fn<() => Promise<typeof started>>()
      .mockResolvedValue(started)
      .mockRejectedValueOnce(new Error('in use'))
    const onFailure = vi.fn<(what: string, error: Error) => void>()
    const onStarted = vi.fn<(engine: typeof started) => void>()
    const run = runEngine({ start, onStarted, onFailure })
    expect(await run.current()).toBeNull()
    expect(run.failure()?.message).toBe('in use')
    expect(onFailure).toHaveBeenCalledWith('start', run.failure())
    expect(start).toHaveBeenCalledTimes(1)

    const [one, other] = [run.tryAgain(), run.tryAgain()]
    expect(run.failure()).toBeNull()
    expect([await one, await other, await run.current()]).toEqual([started, started, started])
    expect(start).toHaveBeenCalledTimes(2)
    await run.tryAgain()
    expect(start).toHaveBeenCalledTimes(2)
    expect(onStarted.mock.calls).toEqual([[started]])
  })

  it('is stopped once its start has ended, and started no more', async () => {
    const pending = Promise.withResolvers<ReturnType<typeof engine>>()
    const stop = vi.fn<() => Promise<void>>().mockResolvedValue()
    const onStarted = vi.fn<() => void>()
    const run = runEngine({ start: () => pending.promise, onStarted, onFailure: () => {} })
    const stopped = run.stop()
    expect(stop).not.toHaveBeenCalled()
    pending.resolve(engine(stop))
    await stopped
    expect(stop).toHaveBeenCalledOnce()
    expect(onStarted).not.toHaveBeenCalled()
  })

  it('tells of a stop that fails, which still is an end', async () => {
    const onFailure = vi.fn<(what: string, error: Error) => void>()
    const start = async () => engine(() => Promise.reject(new Error('stuck')))
    const run = runEngine({ start, onStarted: () => {}, onFailure })
    await run.stop()
    expect(onFailure).toHaveBeenCalledWith('stop', expect.objectContaining({ message: 'stuck' }))
    expect(run.failure()?.message).toBe('stuck')
  })
})
