import { expect, test } from 'vitest'
import type { BrokerEvent } from '../../shared/domain/event.ts'
import { detailOf, subjectOf } from './describe-event.ts'

const event = (type: BrokerEvent['type'], data: BrokerEvent['data']): BrokerEvent => ({
  seq: 1,
  type,
  at: 1000,
  taskId: null,
  queue: 'emails',
  workerId: null,
  data,
})

test('a task that is scheduled says in how long it runs, unless it waits for something else', () => {
  expect(detailOf(event('task.scheduled', { runAt: 61_000 }))).toBe('in 1 m')
  expect(detailOf(event('task.scheduled', { runAt: 1000 }))).toBe('')
})

test('a task that is tried again says when and why', () => {
  const error = { type: 'TimeoutError', message: 'no answer' }
  expect(detailOf(event('task.retrying', { runAt: 6000, error }))).toBe(
    'again in 5.0 s · TimeoutError: no answer',
  )
})

test('what an event is about is a task, else a queue or worker by its name', () => {
  expect(subjectOf(event('task.failed', { name: 'send_email' }))).toBe('send_email')
  expect(subjectOf(event('queue.paused', {}))).toBe('queue emails')
})
