/**
 * Durations counted in buckets that grow by a quarter octave (about 19 %), so that counts of any
 * period can be added and percentiles read from the sum. Sparse: bucket index → count.
 */
export type DurationHistogram = Readonly<Record<number, number>>

const BUCKETS_PER_OCTAVE = 4

/** @param ms ≥ 0. */
export function bucketOf(ms: number): number {
  return Math.floor(Math.log2(Math.max(0, ms) + 1) * BUCKETS_PER_OCTAVE)
}

function lowerBoundMs(bucket: number): number {
  return 2 ** (bucket / BUCKETS_PER_OCTAVE) - 1
}

export function addHistograms(one: DurationHistogram, other: DurationHistogram): DurationHistogram {
  const sum: Record<number, number> = { ...one }
  for (const [bucket, count] of Object.entries(other))
    sum[Number(bucket)] = (sum[Number(bucket)] ?? 0) + count
  return sum
}

/**
 * The duration, in milliseconds, that `fraction` of the counted ones stay under; null when none was
 * counted. Exact to the bucket, interpolated inside it.
 * @param fraction 0 to 1, as 0.95.
 */
export function percentileMs(histogram: DurationHistogram, fraction: number): number | null {
  const buckets = Object.entries(histogram)
    .map(([bucket, count]) => ({ bucket: Number(bucket), count }))
    .toSorted((a, b) => a.bucket - b.bucket)
  const total = buckets.reduce((sum, { count }) => sum + count, 0)
  if (total === 0) return null
  const wanted = fraction * total
  let below = 0
  for (const { bucket, count } of buckets) {
    if (below + count >= wanted) {
      const share = count === 0 ? 0 : (wanted - below) / count
      const low = lowerBoundMs(bucket)
      return low + share * (lowerBoundMs(bucket + 1) - low)
    }
    below += count
  }
  return lowerBoundMs(buckets.at(-1)!.bucket + 1)
}

/** Mean of the counted ones, in milliseconds, to within a tenth; null when none was counted. */
export function meanMs(histogram: DurationHistogram): number | null {
  let sum = 0
  let total = 0
  for (const [bucket, count] of Object.entries(histogram)) {
    sum += (count * (lowerBoundMs(Number(bucket)) + lowerBoundMs(Number(bucket) + 1))) / 2
    total += count
  }
  return total === 0 ? null : sum / total
}

/**
 * Upper bounds, in milliseconds, of the cumulative histograms that Prometheus asks for. The last
 * bucket of a {@link BoundedHistogram} counts what is above all of them.
 */
export const DURATION_BOUNDS_MS = [
  5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000, 60_000, 300_000, 1_800_000,
] as const

/** Counts per bound of {@link DURATION_BOUNDS_MS}, not cumulative, and one more for what is above. */
export type BoundedHistogram = readonly number[]

export function boundIndexOf(ms: number): number {
  const index = DURATION_BOUNDS_MS.findIndex((bound) => ms <= bound)
  return index === -1 ? DURATION_BOUNDS_MS.length : index
}
