import type { Period } from '../../../shared/domain/queue.ts'

export const ANALYTICS_PERIODS = ['1h', '24h', '7d', '30d'] as const satisfies readonly Period[]
export type AnalyticsPeriod = (typeof ANALYTICS_PERIODS)[number]

/** What the address of the page Analytics says. */
export interface AnalyticsSearch {
  readonly period?: AnalyticsPeriod | undefined
  readonly queue?: string | undefined
}

/** Reads the address; what is not understood is left out. */
export function parseAnalyticsSearch({ period, queue }: Record<string, unknown>): AnalyticsSearch {
  return {
    period: ANALYTICS_PERIODS.find((known) => known === period),
    queue: typeof queue === 'string' && queue !== '' ? queue : undefined,
  }
}
