import { expect, it } from 'vitest'
import { createPrefetch } from './prefetch.ts'

it('claims nothing ahead of need before it has seen a task end', () => {
  expect(createPrefetch(4).target()).toBe(4)
})

it('claims ahead while tasks are short, and stops with the first long one', () => {
  const prefetch = createPrefetch(4)
  for (let i = 0; i < 10; i += 1) prefetch.ran(1)
  expect(prefetch.target()).toBe(4 * 21)
  prefetch.ran(5000)
  expect(prefetch.target()).toBe(4)
})

it('never holds more than a hundred tasks ahead a thread', () => {
  const prefetch = createPrefetch(2)
  prefetch.ran(0)
  expect(prefetch.target()).toBe(2 * 101)
})
