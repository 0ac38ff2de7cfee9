import type { Component, DegradationStrategy } from '../../../shared/domain/resilience.ts'

export const COMPONENT_NAMES: Readonly<Record<Component, string>> = {
  database: 'Database',
  workers: 'Workers',
  scheduler: 'Scheduler',
  events: 'Events',
  remote_connections: 'Remote connections',
}

/** What a strategy is called, and what it does; as docs/decisions/0007-degradation.md has it. */
export const STRATEGY_NAMES: Readonly<
  Record<DegradationStrategy, { readonly name: string; readonly does: string }>
> = {
  return_cached: {
    name: 'Old answers',
    does: 'Lists and numbers of this part answer what they answered last, and say so.',
  },
  default_value: {
    name: 'Empty answers',
    does: 'Lists and numbers of this part are empty and zero, and say so.',
  },
  queue_to_fallback: { name: 'Another queue', does: 'What is submitted goes to another queue meanwhile.' },
  reduce_throughput: {
    name: 'Slower',
    does: 'Workers together are given a tenth of the tasks of the last minute, at least one a second.',
  },
  skip_enrichment: { name: 'Without log lines', does: 'Lines that handlers log are dropped.' },
  async_fallback: { name: 'No waiting', does: 'Who asks to wait for a result is answered at once instead.' },
}
