/** One line of the report: what was measured, beside its ceiling of the same run and what is owed. */
export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** What this machine can do at the most, measured just before. */
  readonly ceiling?: { readonly name: string; readonly value: number }
  readonly owed?: { readonly text: string; readonly isMet: boolean }
}

const format = (value: number) =>
  value >= 1000
    ? Math.round(value).toLocaleString('en-GB')
    : value >= 10
      ? value.toFixed(0)
      : value.toFixed(2)

export function printFigure({ name, value, unit, ceiling, owed }: Figure): void {
  const parts = [name.padEnd(58), `${format(value)} ${unit}`.padStart(16)]
  if (ceiling !== undefined)
    parts.push(`  ${(value / ceiling.value).toFixed(2)} of ${format(ceiling.value)} (${ceiling.name})`)
  if (owed !== undefined) parts.push(`  owed ${owed.text}: ${owed.isMet ? 'met' : 'MISSED'}`)
  process.stdout.write(`${parts.join('')}\n`)
}

/** Milliseconds that `run` takes. */
export async function timed(run: () => unknown): Promise<number> {
  const startedAt = performance.now()
  await run()
  return performance.now() - startedAt
}

export function percentile(values: readonly number[], fraction: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * fraction))]!
}

/** The middle one of several runs: these machines are noisy. */
export const median = (values: readonly number[]) => percentile(values, 0.5)
