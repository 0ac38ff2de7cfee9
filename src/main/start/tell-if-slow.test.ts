import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { tellIfSlow } from './tell-if-slow.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('a step that is soon over is not told of, one that takes its time is, once', () => {
  const told: string[] = []
  const steps = tellIfSlow((message) => told.push(message))
  steps.onWait('moving')
  vi.advanceTimersByTime(900)
  steps.onWait('restoring')
  vi.advanceTimersByTime(900)
  expect(told).toEqual([])
  vi.advanceTimersByTime(10_000)
  expect(told).toEqual(['restoring'])
  steps.onWait('something else')
  steps.end()
  vi.advanceTimersByTime(10_000)
  expect(told).toEqual(['restoring'])
})
