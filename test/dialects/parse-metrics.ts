import { createRequire } from 'node:module'

/** One metric as Prometheus understands it. Values are text, as they stood. */
export interface MetricFamily {
  readonly name: string
  readonly help: string
  readonly type: 'COUNTER' | 'GAUGE' | 'HISTOGRAM' | 'SUMMARY' | 'UNTYPED'
  readonly metrics: readonly {
    readonly value?: string
    readonly labels?: Readonly<Record<string, string>>
    readonly buckets?: Readonly<Record<string, string>>
    readonly count?: string
    readonly sum?: string
  }[]
}

const require = createRequire(import.meta.url)
// The package has no types.
const parse = require('parse-prometheus-text-format') as (text: string) => readonly MetricFamily[]

/** Prometheus text, read by a parser that is not ours, by name. Throws at a line that is none. */
export function parseMetrics(text: string): ReadonlyMap<string, MetricFamily> {
  return new Map(parse(text).map((family) => [family.name, family]))
}

/** The value of the series with exactly these labels; NaN when there is none. */
export function valueOf(family: MetricFamily | undefined, labels: Readonly<Record<string, string>>): number {
  const series = family?.metrics.find(
    (metric) => JSON.stringify(metric.labels ?? {}) === JSON.stringify(labels),
  )
  return Number(series?.value ?? Number.NaN)
}
