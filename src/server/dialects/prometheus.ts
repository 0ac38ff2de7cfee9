import { type BoundedHistogram, DURATION_BOUNDS_MS } from '../../shared/domain/histogram.ts'

/** The text exposition format of Prometheus. */

export const METRICS_CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8'

export type Labels = Readonly<Record<string, string>>
export type Sample = readonly [labels: Labels, value: number]

export function series(
  name: string,
  type: 'counter' | 'gauge',
  help: string,
  samples: readonly Sample[],
): string {
  return `# HELP ${name} ${help}.\n# TYPE ${name} ${type}\n${samples
    .map(([labels, value]) => `${name}${labelText(labels)} ${value}\n`)
    .join('')}`
}

export interface Durations {
  readonly labels: Labels
  readonly counts: BoundedHistogram
  readonly sumMs: number
}

export function histogram(name: string, help: string, samples: readonly Durations[]): string {
  return `# HELP ${name} ${help}.\n# TYPE ${name} histogram\n${samples
    .map((durations) => buckets(name, durations))
    .join('')}`
}

function buckets(name: string, { labels, counts, sumMs }: Durations): string {
  let below = 0
  const lines = DURATION_BOUNDS_MS.map((bound, index) => {
    below += counts[index] ?? 0
    return `${name}_bucket${labelText({ ...labels, le: seconds(bound) })} ${below}\n`
  })
  const count = below + (counts[DURATION_BOUNDS_MS.length] ?? 0)
  const own = labelText(labels)
  return (
    `${lines.join('')}${name}_bucket${labelText({ ...labels, le: '+Inf' })} ${count}\n` +
    `${name}_sum${own} ${sumMs / 1000}\n${name}_count${own} ${count}\n`
  )
}

/** Whole seconds with a decimal, as the document writes them: `1.0`. */
function seconds(ms: number): string {
  const text = String(ms / 1000)
  return text.includes('.') ? text : `${text}.0`
}

export function sumOf(histograms: readonly BoundedHistogram[]): BoundedHistogram {
  const sum = Array.from({ length: DURATION_BOUNDS_MS.length + 1 }, () => 0)
  for (const counts of histograms) counts.forEach((count, index) => (sum[index]! += count))
  return sum
}

function labelText(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}
