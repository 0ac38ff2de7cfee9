import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { BrokerError } from '../../../shared/domain/errors.ts'
import type { Store } from '../store/store-client.ts'
import { emptyReport } from './report-parts.ts'
import { createStoreWrites } from './store-writes.ts'

const unavailable = () => new BrokerError('SERVICE_UNAVAILABLE', 'The disk is full.', { component: 'store' })

/** A store whose disk works when `isFine` says so, and remembers whose reports it took. */
function fakeStore(isFine: () => boolean) {
  const taken: string[] = []
  const failures: ((reason: string) => void)[] = []
  const store = {
    run: async (_name: string, { workerId }: { workerId: string }) => {
      await Promise.resolve()
      if (!isFine()) throw unavailable()
      taken.push(workerId)
    },
    onFailure: (listener: (reason: string) => void) => void failures.push(listener),
  } as unknown as Store
  return { store, taken, end: () => failures.forEach((listener) => listener('ended')) }
}

describe('what the dispatcher writes', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('is written in order once the disk works again, and nothing twice', async () => {
    let isFine = false
    const problems: unknown[] = []
    const { store, taken } = fakeStore(() => isFine)
    const writes = createStoreWrites(store, (error) => problems.push(error))
    for (const id of ['one', 'two']) writes.report(emptyReport(id))
    await vi.advanceTimersByTimeAsync(400)
    writes.report(emptyReport('three'))
    await vi.advanceTimersByTimeAsync(2000)
    expect(taken).toEqual([])
    isFine = true
    await vi.advanceTimersByTimeAsync(500)
    expect(taken).toEqual(['one', 'two', 'three'])
    writes.report(emptyReport('four'))
    await writes.stop()
    expect(taken).toEqual(['one', 'two', 'three', 'four'])
    expect(problems.length).toBeGreaterThan(0)
  })

  it('is tried once more when it stops, and is then left to the next start', async () => {
    const { store, taken } = fakeStore(() => false)
    const writes = createStoreWrites(store, () => {})
    writes.report(emptyReport('one'))
    await vi.advanceTimersByTimeAsync(0)
    await writes.stop()
    expect(taken).toEqual([])
    expect(vi.getTimerCount()).toBe(0)
  })

  it('waits for nothing when the store is gone', async () => {
    const problems: unknown[] = []
    const { store, end } = fakeStore(() => false)
    const writes = createStoreWrites(store, (error) => problems.push(error))
    end()
    writes.report(emptyReport('one'))
    await vi.advanceTimersByTimeAsync(0)
    expect(problems).toHaveLength(1)
    expect(vi.getTimerCount()).toBe(0)
  })
})
