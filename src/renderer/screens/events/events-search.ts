import { EVENT_TYPES, type EventType } from '../../../shared/domain/event.ts'

/** What the address of the Events page says. */
export interface EventsSearch {
  /** Event types to show; all when not given. */
  readonly types?: readonly EventType[] | undefined
  readonly queue?: string | undefined
  readonly text?: string | undefined
}

/** Reads the address; what is not understood is left out. */
export function parseEventsSearch(search: Record<string, unknown>): EventsSearch {
  const { types, queue, text } = search
  const known = Array.isArray(types) ? EVENT_TYPES.filter((type) => types.includes(type)) : []
  return {
    types: known.length > 0 ? known : undefined,
    queue: typeof queue === 'string' && queue !== '' ? queue : undefined,
    text:
      typeof text === 'string' && text !== '' ? text : typeof text === 'number' ? String(text) : undefined,
  }
}
