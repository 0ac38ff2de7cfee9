import type { BrokerEvent, EventType } from '../../../shared/domain/event.ts'
import type { Json } from '../../../shared/domain/json.ts'
import { isTaskState } from '../../../shared/domain/state.ts'
import { isoInstant } from '../instant.ts'
import { snakeCase } from '../snake-case.ts'
import { toTurbineState } from './states.ts'
import type { WireEvent } from './wire.ts'

type Data = BrokerEvent['data']

/**
 * An event as the document's five types show it; the domain's others keep their own name (`task.submitted`,
 * `queue.paused`, …), their fields in snake case.
 * @param queueNames every queue there is, for a worker that takes from all.
 */
export function toWireEvent(event: BrokerEvent, queueNames: readonly string[]): WireEvent {
  const timestamp = isoInstant(event.at)
  const task: TaskFields = { task_id: event.taskId, task_name: event.data['name'] ?? null }
  const documented: Partial<Record<EventType, () => WireEvent>> = {
    'task.started': () => ({
      type: 'task_started',
      ...task,
      queue: event.queue,
      worker_id: event.workerId,
      timestamp,
    }),
    'task.succeeded': () => ({
      type: 'task_completed',
      ...task,
      state: 'success',
      duration_ms: Math.round(Number(event.data['runMs'] ?? 0)),
      timestamp,
    }),
    'task.failed': () => ({ ...failure(task, event.data, false), timestamp }),
    'task.timed_out': () => ({ ...failure(task, event.data, false), timestamp }),
    'task.retrying': () => ({ ...failure(task, event.data, true), timestamp }),
    'worker.connected': () => ({
      type: 'worker_connected',
      worker_id: event.workerId,
      hostname: event.data['hostname'] ?? '',
      queues: isEveryQueue(event) ? queueNames : (event.data['queues'] ?? []),
      timestamp,
    }),
    'worker.disconnected': () => ({
      type: 'worker_disconnected',
      worker_id: event.workerId,
      reason: event.data['reason'] ?? 'unknown',
      timestamp,
    }),
  }
  return documented[event.type]?.() ?? undocumented(event, timestamp)
}

/** Whether a worker that connected takes from all queues: it then names none. */
export function isEveryQueue({ data }: BrokerEvent): boolean {
  const queues = data['queues'] ?? null
  return queues === null || (Array.isArray(queues) && queues.length === 0)
}

function failure(task: TaskFields, data: Data, willRetry: boolean): WireEvent {
  return {
    type: 'task_failed',
    ...task,
    error: messageOf(data['error']),
    retries: Math.max(0, Number(data['attempt'] ?? 1) - 1),
    will_retry: willRetry,
  }
}

interface TaskFields {
  readonly task_id: string | null
  readonly task_name: Json
}

function messageOf(error: Json | undefined): string {
  if (typeof error !== 'object' || error === null || !('message' in error)) return ''
  return typeof error.message === 'string' ? error.message : ''
}

function undocumented({ type, taskId, queue, workerId, data }: BrokerEvent, timestamp: string): WireEvent {
  const { name, ...rest } = data
  return {
    type,
    ...(taskId === null ? {} : { task_id: taskId, task_name: name ?? null }),
    ...(queue === null ? {} : { queue }),
    ...(workerId === null ? {} : { worker_id: workerId }),
    ...Object.fromEntries(Object.entries(rest).map(([key, value]) => [snakeCase(key), onWire(key, value)])),
    timestamp,
  }
}

/** Instants as text, states in the dialect's own words. */
function onWire(key: string, value: Json): Json {
  if (key.endsWith('At') && typeof value === 'number') return isoInstant(value)
  if (key === 'state' && typeof value === 'string' && isTaskState(value)) return toTurbineState(value)
  return value
}

/** Told to a client that was too slow, or came back too late, for `missed` events. */
export function toMissedEvent(missed: number): WireEvent {
  return { type: 'events_missed', missed }
}
