import type { BrokerEvent, EventType } from '../../shared/domain/event.ts'
import type { Json } from '../../shared/domain/json.ts'
import { countOf } from '../ui/format/count.ts'
import { formatDuration } from '../ui/format/duration.ts'
import type { ShownState } from '../ui/state/task-state.ts'

export interface EventLook {
  readonly word: string
  /** The hue of the state it leads to; neutral when it is about no state. */
  readonly hue: ShownState | 'neutral'
}

/** One word and one hue for each type. */
export const EVENT_LOOKS: Readonly<Record<EventType, EventLook>> = {
  'task.submitted': { word: 'submitted', hue: 'pending' },
  'task.scheduled': { word: 'scheduled', hue: 'scheduled' },
  'task.claimed': { word: 'claimed', hue: 'running' },
  'task.started': { word: 'started', hue: 'running' },
  'task.progress': { word: 'progress', hue: 'running' },
  'task.log': { word: 'log', hue: 'neutral' },
  'task.succeeded': { word: 'succeeded', hue: 'succeeded' },
  'task.failed': { word: 'failed', hue: 'failed' },
  'task.retrying': { word: 'retrying', hue: 'retrying' },
  'task.timed_out': { word: 'timed out', hue: 'timed_out' },
  'task.cancelled': { word: 'cancelled', hue: 'cancelled' },
  'task.paused': { word: 'paused', hue: 'paused' },
  'task.resumed': { word: 'resumed', hue: 'pending' },
  'task.replayed': { word: 'run again', hue: 'pending' },
  'task.deleted': { word: 'deleted', hue: 'neutral' },
  'worker.connected': { word: 'connected', hue: 'neutral' },
  'worker.disconnected': { word: 'disconnected', hue: 'failed' },
  'worker.paused': { word: 'paused', hue: 'paused' },
  'worker.resumed': { word: 'resumed', hue: 'neutral' },
  'worker.draining': { word: 'draining', hue: 'neutral' },
  'queue.paused': { word: 'paused', hue: 'paused' },
  'queue.resumed': { word: 'resumed', hue: 'neutral' },
  'queue.purged': { word: 'purged', hue: 'neutral' },
  'alert.raised': { word: 'raised', hue: 'failed' },
  'alert.acknowledged': { word: 'acknowledged', hue: 'neutral' },
  'alert.cleared': { word: 'cleared', hue: 'succeeded' },
}

/** What the event is about: a task's name, or the worker, queue or alert by its own. */
export function subjectOf({ type, data, workerId, queue, taskId }: BrokerEvent): string {
  if (type.startsWith('task.')) return textOf(data['name']) ?? taskId ?? 'task'
  if (type.startsWith('worker.')) return `worker ${workerId ?? ''}`.trim()
  if (type.startsWith('queue.')) return `queue ${queue ?? ''}`.trim()
  return 'alert'
}

/** What more there is to say, in one line; empty when the word says it all. */
export function detailOf(event: BrokerEvent): string {
  return DETAILS[event.type]?.(event) ?? ''
}

const DETAILS: Partial<Record<EventType, (event: BrokerEvent) => string>> = {
  'task.failed': ({ data }) => errorOf(data),
  'task.timed_out': ({ data }) => errorOf(data),
  'task.retrying': ({ at, data }) => joined(' · ', waitOf('again in', at, data), errorOf(data)),
  'task.scheduled': ({ at, data }) => waitOf('in', at, data),
  'task.succeeded': ({ data }) => {
    const runMs = numberOf(data['runMs'])
    return runMs === null ? '' : `in ${formatDuration(runMs)}`
  },
  'task.progress': ({ data }) => {
    const fraction = numberOf(data['fraction'])
    const share = fraction === null ? null : `${Math.floor(fraction * 100)} %`
    return joined(' · ', share, textOf(data['stage']), textOf(data['message']))
  },
  'task.log': ({ data }) => joined(': ', textOf(data['level']), textOf(data['message'])),
  'worker.connected': ({ data }) => textOf(data['hostname']) ?? '',
  'worker.disconnected': ({ data }) => textOf(data['reason']) ?? '',
  'queue.purged': ({ data }) => countOf(numberOf(data['count']) ?? 0, 'task'),
}

/** Nothing for what is due already: it waits for something else, as a node of a workflow for its parents. */
function waitOf(words: string, at: number, data: BrokerEvent['data']): string {
  const runAt = numberOf(data['runAt'])
  return runAt === null || runAt <= at ? '' : `${words} ${formatDuration(runAt - at)}`
}

function joined(by: string, ...parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== '').join(by)
}

function errorOf(data: BrokerEvent['data']): string {
  const error = data['error']
  if (typeof error !== 'object' || error === null || !('type' in error)) return ''
  return joined(': ', textOf(error.type), 'message' in error ? textOf(error.message) : null)
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

function numberOf(value: Json | undefined): number | null {
  return typeof value === 'number' ? value : null
}
