/**
 * Where labels of one height go so that none covers another: each as near as can be to where it is wanted,
 * in the same order, all between `first` and `last`. Centres, from the top down.
 */
export function spreadLabels(
  wanted: readonly number[],
  height: number,
  first: number,
  last: number,
): readonly number[] {
  const placed = [...wanted]
  let limit = first
  for (const [index, centre] of placed.entries()) {
    placed[index] = Math.max(centre, limit)
    limit = (placed[index] ?? 0) + height
  }
  limit = last
  for (let index = placed.length - 1; index >= 0; index -= 1) {
    placed[index] = Math.min(placed[index] ?? 0, limit)
    limit = (placed[index] ?? 0) - height
  }
  return placed
}
