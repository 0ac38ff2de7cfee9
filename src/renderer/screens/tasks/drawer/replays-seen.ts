import { useEffect } from 'react'
import { createStore } from 'zustand/vanilla'
import { useStore } from 'zustand'
import type { BrokerEvent } from '../../../../shared/domain/event.ts'
import { useBroker } from '../../../app/broker-connection.tsx'

/** Original → the tasks that repeat it, oldest first. A task knows what it repeats, not by what it is repeated. */
type ReplaysSeen = Readonly<Record<string, readonly string[]>>

const store = createStore<ReplaysSeen>(() => ({}))
const NONE: readonly string[] = []

/** Remembers which tasks are run again, as the events tell. */
export function useNoteReplays(): void {
  const { live } = useBroker()
  useEffect(() => live.onBatch(({ events }) => store.setState((seen) => noteReplays(seen, events))), [live])
}

export function useReplaysOf(id: string): readonly string[] {
  return useStore(store, (seen) => seen[id] ?? NONE)
}

export function noteReplays(seen: ReplaysSeen, events: readonly BrokerEvent[]): ReplaysSeen {
  let noted: Record<string, readonly string[]> | null = null
  for (const { type, taskId, data } of events) {
    const original = data['replayOf']
    if (type !== 'task.replayed' || taskId === null || typeof original !== 'string') continue
    const known = (noted ?? seen)[original] ?? []
    if (known.includes(taskId)) continue
    noted ??= { ...seen }
    noted[original] = [...known, taskId]
  }
  return noted ?? seen
}
