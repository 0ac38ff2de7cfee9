import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createDueTimer } from './due-timer.ts'

const HOUR_MS = 3_600_000

describe('the timer of what becomes due', () => {
  let now = 0
  const onDue = vi.fn<() => void>()
  const clock = { now: () => now, monotonic: () => 0 }
  beforeEach(() => {
    vi.useFakeTimers()
    now = 0
    onDue.mockClear()
  })
  afterEach(() => vi.useRealTimers())

  it('goes by the wall clock, and looks every minute in case that was set', () => {
    const timer = createDueTimer(clock, onDue)
    timer.expect(HOUR_MS)
    now = HOUR_MS
    vi.advanceTimersByTime(59_999)
    expect(onDue).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1)
    expect(onDue).toHaveBeenCalledOnce()
    timer.stop()
  })

  it('looks at once when it is told that the computer has slept', () => {
    const timer = createDueTimer(clock, onDue)
    timer.look()
    timer.expect(HOUR_MS)
    timer.look()
    expect(onDue).not.toHaveBeenCalled()
    now = HOUR_MS
    timer.look()
    expect(onDue).toHaveBeenCalledOnce()
    timer.look()
    expect(onDue).toHaveBeenCalledOnce()
    timer.stop()
  })
})
