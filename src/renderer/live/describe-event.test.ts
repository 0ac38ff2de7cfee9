import { describe, expect, it } from 'vitest'
import type { BrokerEvent } from '../../shared/domain/event.ts'
import { detailOf, subjectOf } from './describe-event.ts'

const event = (fields: Partial<BrokerEvent>): BrokerEvent => ({
  seq: 1,
  type: 'task.started',
  at: 1000,
  taskId: 'task-1',
  queue: 'emails',
  workerId: null,
  data: { name: 'send_email', number: 1, attempt: 1 },
  ...fields,
})

describe('an event in words', () => {
  it('is about the task by name, else about the worker or queue', () => {
    expect(subjectOf(event({}))).toBe('send_email')
    expect(subjectOf(event({ type: 'worker.connected', workerId: 'gpu-1', data: {} }))).toBe('worker gpu-1')
    expect(subjectOf(event({ type: 'queue.paused', data: {} }))).toBe('queue emails')
  })

  it.each([
    ['task.failed', { error: { type: 'SmtpError', message: '550' } }, 'SmtpError: 550'],
    [
      'task.retrying',
      { runAt: 3000, error: { type: 'SmtpError', message: '550' } },
      'again in 2.0 s · SmtpError: 550',
    ],
    ['task.succeeded', { runMs: 120 }, 'in 120 ms'],
    ['task.progress', { fraction: 0.4, stage: 'upload', message: null }, '40 % · upload'],
    ['task.log', { level: 'warn', message: 'slow' }, 'warn: slow'],
    ['queue.purged', { count: 12 }, '12 tasks'],
    ['task.started', {}, ''],
  ] as const)('%s tells what its data says', (type, data, detail) => {
    expect(detailOf(event({ type, data }))).toBe(detail)
  })

  it('survives data that is not as agreed', () => {
    expect(detailOf(event({ type: 'task.failed', data: { error: 'broken' } }))).toBe('')
    expect(subjectOf(event({ data: { name: 5 } }))).toBe('task-1')
  })
})
