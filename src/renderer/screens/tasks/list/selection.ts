/** Which rows are ticked, and where a range would begin. */
export interface Selection {
  readonly ids: ReadonlySet<string>
  /** The row ticked last; a Shift-click reaches from here. */
  readonly anchor: string | null
  /** Everything that matches the filter, loaded or not. */
  readonly isAllMatching: boolean
}

export const NOTHING_SELECTED: Selection = { ids: new Set(), anchor: null, isAllMatching: false }

export function toggleRow({ ids }: Selection, id: string): Selection {
  const next = new Set(ids)
  if (!next.delete(id)) next.add(id)
  return { ids: next, anchor: id, isAllMatching: false }
}

/** Ticks every row between the anchor and `id`, both included; without an anchor in sight just `id`. */
export function extendTo(
  selection: Selection,
  id: string,
  order: readonly { readonly id: string }[],
): Selection {
  const from = order.findIndex((row) => row.id === selection.anchor)
  const to = order.findIndex((row) => row.id === id)
  if (from < 0 || to < 0) return toggleRow(selection, id)
  const range = order.slice(Math.min(from, to), Math.max(from, to) + 1)
  return {
    ids: new Set([...selection.ids, ...range.map((row) => row.id)]),
    anchor: id,
    isAllMatching: false,
  }
}

/** Every loaded row, or none when all of them were ticked. */
export function toggleAll(selection: Selection, order: readonly { readonly id: string }[]): Selection {
  if (coverage(selection, order) === true) return NOTHING_SELECTED
  return { ids: new Set(order.map(({ id }) => id)), anchor: null, isAllMatching: false }
}

export function selectAllMatching(order: readonly { readonly id: string }[]): Selection {
  return { ids: new Set(order.map(({ id }) => id)), anchor: null, isAllMatching: true }
}

/** Whether the header box is ticked, half ticked or empty. */
export function coverage(selection: Selection, order: readonly { readonly id: string }[]): boolean | 'some' {
  const { ids, isAllMatching } = selection
  if (isAllMatching) return true
  if (ids.size === 0) return false
  return order.length > 0 && order.every(({ id }) => ids.has(id)) ? true : 'some'
}
