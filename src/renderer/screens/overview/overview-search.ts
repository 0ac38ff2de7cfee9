import type { Period } from '../../../shared/domain/queue.ts'

export const OVERVIEW_PERIODS = ['15m', '1h', '24h'] as const satisfies readonly Period[]
export type OverviewPeriod = (typeof OVERVIEW_PERIODS)[number]

/** What the address of the Overview says. */
export interface OverviewSearch {
  readonly period?: OverviewPeriod | undefined
  readonly queue?: string | undefined
}

/** Reads the address; what is not understood is left out. */
export function parseOverviewSearch(search: Record<string, unknown>): OverviewSearch {
  const { period, queue } = search
  return {
    period: OVERVIEW_PERIODS.find((known) => known === period),
    queue: typeof queue === 'string' && queue !== '' ? queue : undefined,
  }
}
