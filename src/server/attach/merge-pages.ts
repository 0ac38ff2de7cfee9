import { BrokerError } from '../../shared/domain/errors.ts'

/** One list of a server, newest first, that is paged by offset and tells how many there are altogether. */
export interface OffsetList<Item> {
  /** Its name in cursors. */
  readonly key: string
  readonly read: (offset: number, limit: number) => Promise<OffsetPage<Item>>
}

interface OffsetPage<Item> {
  readonly items: readonly Item[]
  readonly total: number
}

interface Place {
  readonly offset: number
  /** How many there were when the offset counted: new ones come first, and move it. */
  readonly total: number | null
}

export interface MergeOptions<Item> {
  readonly lists: readonly OffsetList<Item>[]
  readonly limit: number
  /** To begin at, of one list alone. */
  readonly offset: number
  /** The `next` of the page before. */
  readonly cursor: string | undefined
  /** Instant by which the lists are ordered. */
  readonly atOf: (item: Item) => number
}

const CURSOR_PART = /^([a-z]*)=(\d{1,12})\/(\d{1,12})$/

/**
 * A page of several lists taken together, newest first, in as many calls as there are lists, and one more for
 * a list that grew since the page before. Exact while tasks arrive; when some go, as they do from the list of a
 * state, the next page may begin a few too late.
 * @throws INVALID_REQUEST for a cursor that is none of these lists.
 */
export async function mergePages<Item>({
  lists,
  limit,
  offset,
  cursor,
  atOf,
}: MergeOptions<Item>): Promise<{ readonly items: readonly Item[]; readonly next: string | null }> {
  const places = cursor === undefined ? null : readCursor(cursor, lists)
  const pages = await Promise.all(
    lists.map(async (list) => readFrom(list, places?.get(list.key) ?? { offset, total: null }, limit)),
  )
  const taken = pages.map(() => 0)
  const items: Item[] = []
  while (items.length < limit) {
    const newest = indexOfNewest(pages.map((page, index) => page.items[taken[index]!]).map(atOfAny))
    if (newest === null) break
    items.push(pages[newest]!.items[taken[newest]!]!)
    taken[newest]! += 1
  }
  const ends = pages.map((page, index) => page.offset + taken[index]!)
  const hasMore = pages.some((page, index) => ends[index]! < page.total && page.items.length > 0)
  const parts = pages.map((page, index) => `${lists[index]!.key}=${ends[index]}/${page.total}`)
  return { items, next: hasMore ? parts.join(',') : null }

  function atOfAny(item: Item | undefined): number | null {
    return item === undefined ? null : atOf(item)
  }
}

async function readFrom<Item>(list: OffsetList<Item>, { offset, total }: Place, limit: number) {
  const page = await list.read(offset, limit)
  const arrived = total === null ? 0 : page.total - total
  if (arrived <= 0) return { ...page, offset }
  return { ...(await list.read(offset + arrived, limit)), offset: offset + arrived }
}

/** Of two alike the first. */
function indexOfNewest(instants: readonly (number | null)[]): number | null {
  let newest: number | null = null
  for (const [index, at] of instants.entries())
    if (at !== null && (newest === null || at > instants[newest]!)) newest = index
  return newest
}

function readCursor<Item>(cursor: string, lists: readonly OffsetList<Item>[]): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>()
  for (const part of cursor.split(',')) {
    const [, key, offset, total] = CURSOR_PART.exec(part) ?? []
    if (key !== undefined) places.set(key, { offset: Number(offset), total: Number(total) })
  }
  if (places.size === lists.length && lists.every(({ key }) => places.has(key))) return places
  throw new BrokerError('INVALID_REQUEST', "'cursor' is not one that a list like this has answered.", {
    path: 'cursor',
  })
}
