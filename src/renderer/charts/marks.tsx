import type { ReactElement } from 'react'
import type { BarShapeProps, DotItemDotProps } from 'recharts'

/** Draws the hollow dot at the end of a line whose last step is still in progress, and no other dot. */
export function endDot(colour: string, lastIndex: number): (dot: DotItemDotProps) => ReactElement {
  return ({ key, index, cx, cy }) =>
    index !== lastIndex || cx === undefined || cy === undefined || Number.isNaN(cy) ? (
      <g key={key} />
    ) : (
      <circle key={key} cx={cx} cy={cy} r={2.5} fill="var(--color-panel)" stroke={colour} strokeWidth={1.5} />
    )
}

/** Draws a small dot where a value has no neighbour to draw a line to. */
export function loneDot(colour: string): (dot: DotItemDotProps) => ReactElement {
  return ({ key, cx, cy, payload }) =>
    // Recharts hands back the row it was given, untyped.
    (payload as { readonly isAlone?: boolean }).isAlone === true && cx !== undefined && cy !== undefined ? (
      <circle key={key} cx={cx} cy={cy} r={1.5} fill={colour} stroke="none" />
    ) : (
      <g key={key} />
    )
}

/** A bar of failures; only its dashed outline while its step is in progress. */
export function FailureBar(props: BarShapeProps) {
  const { x, y, width, height } = props
  // Recharts spreads the row over the shape's properties, untyped.
  const isInProgress = (props as unknown as { readonly isInProgress?: boolean }).isInProgress === true
  if (!(height > 0)) return <g />
  const shown = Math.max(1, height)
  const top = y + height - shown
  return isInProgress ? (
    <rect
      x={x + 0.5}
      y={top + 0.5}
      width={Math.max(1, width - 1)}
      height={Math.max(1, shown - 0.5)}
      fill="none"
      stroke="var(--state-failed)"
      strokeDasharray="2 2"
    />
  ) : (
    <rect x={x} y={top} width={width} height={shown} rx={1} fill="var(--state-failed)" />
  )
}
