import { describe, expect, it } from 'vitest'
import { type BrokerEvent, EVENT_TYPES, type EventType } from '../../../shared/domain/event.ts'
import { TASK_STATES } from '../../../shared/domain/state.ts'
import { toWireEvent } from './event-wire.ts'
import { TURBINE_STATES } from './states.ts'

const event = (type: EventType, data: BrokerEvent['data']): BrokerEvent => ({
  seq: 1,
  type,
  at: 0,
  taskId: 'id-1',
  queue: 'emails',
  workerId: 'worker-1',
  data: { name: 'send_email', number: 1, attempt: 3, ...data },
})
const timestamp = '1970-01-01T00:00:00.000Z'
const task = { task_id: 'id-1', task_name: 'send_email' }

describe('events on this wire', () => {
  it.each([
    [
      event('task.started', {}),
      { type: 'task_started', ...task, queue: 'emails', worker_id: 'worker-1', timestamp },
    ],
    [
      event('task.succeeded', { runMs: 1049.6 }),
      { type: 'task_completed', ...task, state: 'success', duration_ms: 1050, timestamp },
    ],
    [
      event('task.retrying', { error: { type: 'Error', message: 'Connection timeout' } }),
      { type: 'task_failed', ...task, error: 'Connection timeout', retries: 2, will_retry: true, timestamp },
    ],
    [
      event('task.failed', { error: { type: 'Error', message: 'gone' } }),
      { type: 'task_failed', ...task, error: 'gone', retries: 2, will_retry: false, timestamp },
    ],
    [
      event('task.timed_out', { error: null }),
      { type: 'task_failed', ...task, error: '', retries: 2, will_retry: false, timestamp },
    ],
    [
      event('worker.connected', { hostname: 'server-01', queues: ['default'] }),
      {
        type: 'worker_connected',
        worker_id: 'worker-1',
        hostname: 'server-01',
        queues: ['default'],
        timestamp,
      },
    ],
    [
      event('worker.connected', { hostname: 'server-01', queues: [] }),
      {
        type: 'worker_connected',
        worker_id: 'worker-1',
        hostname: 'server-01',
        queues: ['default', 'emails'],
        timestamp,
      },
    ],
    [
      event('worker.disconnected', { reason: 'shutdown' }),
      { type: 'worker_disconnected', worker_id: 'worker-1', reason: 'shutdown', timestamp },
    ],
  ])('of a documented type have exactly the documented fields: $type', (domain, wire) => {
    expect(toWireEvent(domain, ['default', 'emails'])).toEqual(wire)
  })

  it('of the other types keep their name, with instants as text and names in snake case', () => {
    expect(toWireEvent(event('task.scheduled', { runAt: 1000, state: 'scheduled' }), [])).toEqual({
      type: 'task.scheduled',
      ...task,
      queue: 'emails',
      worker_id: 'worker-1',
      number: 1,
      attempt: 3,
      run_at: '1970-01-01T00:00:01.000Z',
      state: 'pending',
      timestamp,
    })
  })

  it('never tell a state that the document does not list', () => {
    const words = EVENT_TYPES.flatMap((type) =>
      TASK_STATES.map((state) => toWireEvent(event(type, { state }), [])['state'] as string | undefined),
    )

    expect(TURBINE_STATES).toEqual(expect.arrayContaining(words.filter((word) => word !== undefined)))
  })
})
