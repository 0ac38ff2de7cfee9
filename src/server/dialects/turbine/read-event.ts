import { type BrokerEvent, EVENT_TYPES, type EventType } from '../../../shared/domain/event.ts'
import type { Json } from '../../../shared/domain/json.ts'
import type { TaskState } from '../../../shared/domain/state.ts'
import type * as z from 'zod'
import { UNTOLD_ERROR_TYPE } from '../../attach/blank-task.ts'
import { parseInstant } from '../instant.ts'
import type { toldEvent } from './told-answers.ts'

type Told = z.output<typeof toldEvent>
type Data = Record<string, Json>

/** Which state a task is in from the event on, as far as the event alone tells. */
const STATE_AFTER: Partial<Record<EventType, TaskState>> = {
  'task.claimed': 'running',
  'task.started': 'running',
  'task.succeeded': 'succeeded',
  'task.failed': 'failed',
  'task.retrying': 'retrying',
  'task.timed_out': 'timed_out',
  'task.cancelled': 'cancelled',
  'task.paused': 'paused',
}

/** Of the document's five types: what they are in the domain, and what their fields are. */
const DOCUMENTED: Readonly<Record<string, (told: Told) => readonly [EventType, Data]>> = {
  task_started: () => ['task.started', {}],
  task_completed: ({ duration_ms }) => ['task.succeeded', numbers({ runMs: duration_ms })],
  task_failed: ({ error, retries, will_retry }) => [
    will_retry === true ? 'task.retrying' : 'task.failed',
    {
      error: { type: UNTOLD_ERROR_TYPE, message: typeof error === 'string' ? error : '' },
      ...numbers({ attempt: typeof retries === 'number' ? retries + 1 : undefined }),
    },
  ],
  worker_connected: ({ hostname, queues }) => [
    'worker.connected',
    {
      hostname: typeof hostname === 'string' ? hostname : '',
      queues: Array.isArray(queues) ? queues.filter((queue) => typeof queue === 'string') : [],
    },
  ],
  worker_disconnected: ({ reason }) => [
    'worker.disconnected',
    { reason: typeof reason === 'string' ? reason : 'unknown' },
  ],
}

/**
 * Wire → domain; null for a type that the domain has nothing for. Its number is the caller's to give. What
 * the document does not show of an event is not in it: no attempt of a start, no queue of an end.
 * @param now for an event that does not say when it was.
 */
export function readEvent(told: Told, now: number): Omit<BrokerEvent, 'seq'> | null {
  const read = Object.hasOwn(DOCUMENTED, told.type) ? DOCUMENTED[told.type]!(told) : undocumented(told)
  if (read === null) return null
  const [type, data] = read
  const isOfTask = type.startsWith('task.')
  const state = STATE_AFTER[type]
  return {
    type,
    at: told.timestamp ?? now,
    taskId: told.task_id,
    queue: told.queue,
    workerId: told.worker_id,
    data: {
      ...(isOfTask && told.task_name !== null ? { name: told.task_name } : {}),
      ...data,
      ...(state === undefined ? {} : { state }),
    },
  }
}

const NOT_DATA = new Set(['type', 'task_id', 'task_name', 'queue', 'worker_id', 'timestamp', 'state'])

/** The domain's other types under their own names, as another Penstock tells them: see `toWireEvent`. */
function undocumented(told: Told): readonly [EventType, Data] | null {
  const type = EVENT_TYPES.find((known) => known === told.type)
  if (type === undefined) return null
  const data = Object.entries(told)
    .filter(([key]) => !NOT_DATA.has(key))
    .map(([key, value]) => [camelCase(key), fromWire(key, value as Json)])
  return [type, Object.fromEntries(data) as Data]
}

function fromWire(key: string, value: Json): Json {
  return key.endsWith('_at') && typeof value === 'string' ? (parseInstant(value) ?? value) : value
}

function camelCase(key: string): string {
  return key.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase())
}

function numbers(values: Readonly<Record<string, unknown>>): Data {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => typeof value === 'number' && value >= 0),
  ) as Data
}
