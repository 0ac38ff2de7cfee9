import { sparklinePath } from './sparkline-path.ts'

const WIDTH = 56
const HEIGHT = 24

interface SparklineProps {
  readonly values: readonly number[]
  /** What it shows, for the hover title. */
  readonly title: string
  /** A CSS colour; grey unless it is about failing. */
  readonly colour?: string
}

/** A small line without axes. Keeps its place while there is nothing to draw. */
export function Sparkline({ values, title, colour = 'var(--chart-p50)' }: SparklineProps) {
  const path = sparklinePath(values, WIDTH, HEIGHT)
  return (
    <svg width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={title}>
      <title>{title}</title>
      {path !== null && (
        <path d={path} fill="none" stroke={colour} strokeWidth={1.25} strokeLinejoin="round" />
      )}
    </svg>
  )
}
