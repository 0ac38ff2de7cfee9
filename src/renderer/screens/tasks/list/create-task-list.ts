import { createStore, type StoreApi } from 'zustand/vanilla'
import type { TaskPage } from '../../../../shared/domain/broker.ts'
import type { EventBatch } from '../../../../shared/domain/event.ts'
import { MAX_PAGE_SIZE } from '../../../../shared/domain/limits.ts'
import { isFinal } from '../../../../shared/domain/state.ts'
import type { Task } from '../../../../shared/domain/task.ts'
import type { SetTimer } from '../../../live/follow-feed.ts'
import { createThrottle, type Throttle } from '../../../live/throttle.ts'
import { describeFailure, type Failure } from '../../../app/failure.ts'
import type { ListQuery } from '../tasks-search.ts'
import { isMembershipEvent } from './is-membership-event.ts'
import { FIRST_PAGE_SIZE, nextPageSize } from './page-size.ts'
import {
  appendPage,
  applyEvents,
  countNew,
  EMPTY_LIST,
  listOfPage,
  markDeleted,
  mergeFirstPage,
  rowOf,
  updateRow,
  type TaskList,
} from './task-list.ts'

export interface TaskListState {
  readonly list: TaskList
  /** The query whose rows these are; null before the first page ever. */
  readonly shown: ListQuery | null
  /** `loading` while another query's first page is on its way: the rows are still the ones before. */
  readonly status: 'loading' | 'ready' | 'failed'
  /** Why the first page, or the one after the last row, could not be read. */
  readonly failure: Failure | null
  readonly isLoadingMore: boolean
  /** Tasks that came and are not in the list yet. A whole page means that many or more. */
  readonly newCount: number
  /** Unfinished rows that may have changed unseen; asked again when they come into sight. */
  readonly stale: ReadonlySet<string>
}

export interface TaskListOptions {
  readonly client: {
    list(query: ListQuery & { readonly limit: number; readonly cursor?: string }): Promise<TaskPage>
    get(id: string): Promise<Task>
  }
  /** Whether new rows may come in by themselves now: nobody is reading or holding the list. */
  readonly isAtRest: () => boolean
  readonly now: () => number
  readonly setTimer: SetTimer
}

/** The list of one page visit: follows one query after another. */
export interface TaskListFollower {
  readonly store: StoreApi<TaskListState>
  /** Lists what matches `query`, from the start. */
  show(query: ListQuery): void
  retry(): void
  loadMore(): void
  /** Takes in what has come, whoever reads. */
  takeNew(): void
  receive(batch: EventBatch): void
  /** Events were not received: nothing unfinished is sure any more. */
  resync(): void
  /** Told what is in sight: asks again for those of `ids` that are stale, now and when they become so. */
  refresh(ids: readonly string[]): void
  stop(): void
}

const PEEK_EVERY_MS = 1000
/** A search by text reads every task. */
const PEEK_TEXT_EVERY_MS = 5000
const HOLD_CHECK_MS = 500
const NONE: ReadonlySet<string> = new Set()

const NO_TASK_LIST: TaskListState = {
  list: EMPTY_LIST,
  shown: null,
  status: 'loading',
  failure: null,
  isLoadingMore: false,
  newCount: 0,
  stale: NONE,
}

export function createTaskList({ client, isAtRest, now, setTimer }: TaskListOptions): TaskListFollower {
  const store = createStore<TaskListState>(() => NO_TASK_LIST)
  let query: ListQuery = {}
  /** Counts changes of the query, so that answers to an earlier one are dropped. */
  let round = 0
  let throttle: Throttle | null = null
  let cancelHold: (() => void) | null = null
  /** Where the last page began; oldest first, new tasks come at its end. */
  let lastCursor: string | undefined
  const refreshing = new Set<string>()
  /** What the reader sees: asked again at once when it has become uncertain, nothing may have to move first. */
  let inSight: readonly string[] = []

  const put = (change: Partial<TaskListState>) => store.setState(change)
  const putList = (change: (list: TaskList) => TaskList) => {
    const { list } = store.getState()
    const changed = change(list)
    if (changed !== list) put({ list: changed })
  }

  async function ask(cursor: string | undefined, limit: number): Promise<TaskPage | null> {
    const asked = round
    const page = await client.list({ ...query, limit, ...(cursor !== undefined && { cursor }) })
    return asked === round ? page : null
  }

  async function loadFirst(): Promise<void> {
    const asked = round
    put({ status: 'loading', failure: null, newCount: 0, isLoadingMore: false })
    try {
      const page = await ask(undefined, FIRST_PAGE_SIZE)
      if (page === null) return
      lastCursor = undefined
      put({ list: listOfPage(page), shown: query, status: 'ready', stale: NONE })
    } catch (error) {
      if (asked === round) put({ status: 'failed', failure: describeFailure(error) })
    }
  }

  async function loadNext(): Promise<void> {
    const { list, isLoadingMore, status } = store.getState()
    if (isLoadingMore || list.next === null || status !== 'ready') return
    const asked = round
    const cursor = list.next
    put({ isLoadingMore: true, failure: null })
    try {
      const page = await ask(cursor, nextPageSize(list.rows.length))
      // Meanwhile the list may have been taken in anew, and end elsewhere.
      if (page !== null && store.getState().list.next === cursor) {
        lastCursor = cursor
        putList((current) => appendPage(current, page))
      }
    } catch (error) {
      if (asked === round) put({ failure: describeFailure(error) })
    }
    if (asked === round) put({ isLoadingMore: false })
  }

  /** Looks at the first page again; takes it in when `mayMerge`, else counts what is new in it. */
  async function peek(mayMerge: () => boolean): Promise<void> {
    if (store.getState().status !== 'ready') return
    try {
      if (query.order === 'oldest') await loadTail()
      const page = await ask(undefined, FIRST_PAGE_SIZE)
      if (page === null) return
      const { list } = store.getState()
      if (mayMerge()) put({ list: mergeFirstPage(list, page), newCount: 0 })
      // New rows wait, but those that are here are told in place what they have become.
      else put({ list: page.tasks.reduce(updateRow, list), newCount: countNew(list, page) })
    } catch {
      // The list stays as it is. A lost connection is shown by the frame and followed by a resync.
    }
    hold()
  }

  /** Oldest first, what is new follows the last row and moves nothing, so it comes in at once. */
  async function loadTail(): Promise<void> {
    if (store.getState().list.next !== null) return
    const page = await ask(lastCursor, MAX_PAGE_SIZE)
    if (page !== null && store.getState().list.next === null) putList((list) => appendPage(list, page))
  }

  /** While something waits to come in, sees to it that it does as soon as the list is at rest. */
  function hold(): void {
    if (store.getState().newCount === 0 || cancelHold !== null) return
    cancelHold = setTimer(() => {
      cancelHold = null
      if (isAtRest()) void peek(isAtRest)
      else hold()
    }, HOLD_CHECK_MS)
  }

  function show(next: ListQuery): void {
    query = next
    round += 1
    throttle?.cancel()
    cancelHold?.()
    cancelHold = null
    const everyMs = next.text === undefined ? PEEK_EVERY_MS : PEEK_TEXT_EVERY_MS
    throttle = createThrottle(() => void peek(isAtRest), everyMs, { now, setTimer })
    void loadFirst()
  }

  function resync(): void {
    const { list, status } = store.getState()
    if (status === 'failed') {
      void loadFirst()
      return
    }
    put({ stale: new Set(list.rows.filter(({ state }) => !isFinal(state)).map(({ id }) => id)) })
    refreshInSight()
    throttle?.request()
  }

  function refreshInSight(): void {
    const { stale } = store.getState()
    for (const id of inSight) if (stale.has(id) && !refreshing.has(id)) void refreshOne(id)
  }

  return {
    store,
    show,
    retry: () => (store.getState().status === 'failed' ? void loadFirst() : void loadNext()),
    loadMore: () => void loadNext(),
    takeNew: () => void peek(() => true),
    receive({ events, missed }) {
      const { list } = store.getState()
      const isTouched = events.some((event) =>
        isMembershipEvent(event, query, event.taskId !== null && list.index.has(event.taskId)),
      )
      putList((current) => applyEvents(current, events))
      if (missed > 0) resync()
      else if (isTouched || events.length === 0) throttle?.request()
    },
    resync,
    refresh(ids) {
      inSight = ids
      refreshInSight()
    },
    stop() {
      round += 1
      throttle?.cancel()
      cancelHold?.()
      cancelHold = null
    },
  }

  async function refreshOne(id: string): Promise<void> {
    refreshing.add(id)
    const asked = round
    try {
      const task = await client.get(id)
      if (asked === round) putList((list) => updateRow(list, task))
    } catch (error) {
      if (asked !== round) return
      const isGone = describeFailure(error).code === 'TASK_NOT_FOUND'
      if (isGone && rowOf(store.getState().list, id) !== undefined) putList((list) => markDeleted(list, id))
    } finally {
      refreshing.delete(id)
      const { stale } = store.getState()
      if (asked === round && stale.has(id)) {
        const rest = new Set(stale)
        rest.delete(id)
        put({ stale: rest })
      }
    }
  }
}
