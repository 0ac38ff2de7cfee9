import { describe, expect, it } from 'vitest'
import type { ClaimedTask } from '../../src/server/local/store/commands/claim.ts'
import type { AttemptEnd } from '../../src/shared/domain/attempt-end.ts'
import type { JsonText } from '../../src/shared/domain/json.ts'
import { openWriter, type OpenWriter } from './open-writer.ts'

const DAY_MS = 86_400_000
const NOW = 1_800_000_000_000
const JUMPS = [
  ['back by a day', -DAY_MS],
  ['forward by a day', DAY_MS],
] as const

const submit = (store: OpenWriter, now: number, task: object = {}) =>
  store.run('submit', { tasks: [{ name: 't', ...task }], now }, now)[0]!

function claim(store: OpenWriter, now: number): readonly ClaimedTask[] {
  const order = { workerId: 'w', credits: 10, names: ['t'], queues: null, now }
  const { claimed } = store.writer.commit([{ name: 'orderClaims', params: order }], now)
  // Left standing, the order would be served with whatever comes next.
  store.run('withdrawOrder', { workerId: 'w' }, now)
  return claimed.flatMap(({ tasks }) => tasks)
}

/** @returns numbers of the tasks whose lease was lost. */
function report(store: OpenWriter, parts: object, now: number): readonly number[] {
  const nothing = { started: [], progress: [], logs: [], checkpoints: [], ended: [] }
  return store.run('report', { workerId: 'w', ...nothing, ...parts }, now)
}

const stateOf = (store: OpenWriter, id: string) =>
  store.db.prepare('SELECT state FROM tasks WHERE id = ?').pluck().get(id)

const succeeded: AttemptEnd = { kind: 'succeeded', result: '1' as JsonText }
const failed: AttemptEnd = {
  kind: 'failed',
  error: { type: 'Error', message: 'no', traceback: null, cause: null },
  mayRetry: true,
  retryAfterMs: 1000,
}

describe.each(JUMPS)('a clock that is set %s', (_how, jumpMs) => {
  const later = NOW + jumpMs

  it('lets what waits be claimed, each task once and in order, with what is submitted after it', async () => {
    using store = await openWriter()
    const before = [submit(store, NOW), submit(store, NOW + 1)]
    const after = [submit(store, later), submit(store, later + 1)]
    const ids = [...before, ...after].map(({ id }) => id)
    expect(claim(store, later + 2).map(({ id }) => id)).toEqual(ids)
    expect(claim(store, later + 3)).toEqual([])
    expect(claim(store, NOW + 4)).toEqual([])
    expect(new Set(ids).size).toBe(4)
  })

  it('ends what runs once, never before it started, and counts no time that did not pass', async () => {
    using store = await openWriter()
    submit(store, NOW)
    const [lease] = claim(store, NOW)
    expect(report(store, { started: [{ lease, at: NOW + 5 }] }, NOW + 5)).toEqual([])
    const ended = [{ lease, startedAt: NOW + 5, at: later, end: succeeded }]
    expect(report(store, { ended }, later)).toEqual([])
    expect(report(store, { ended }, later)).toEqual([lease!.number])
    const row = store.db.prepare('SELECT started_at, finished_at FROM tasks').get()
    expect(row).toEqual({ started_at: NOW + 5, finished_at: Math.max(NOW + 5, later) })
    const { totals } = store.writer.numbers.overview({ now: later })
    expect(totals).toMatchObject({ started: 1, ended: 1, succeeded: 1 })
    expect(totals.runMs).toBe(Math.max(0, later - NOW - 5))
    expect(totals.waitMs).toBe(5)
  })

  it('starts what waited with no wait below nothing', async () => {
    using store = await openWriter()
    submit(store, NOW)
    const [lease] = claim(store, later)
    report(store, { started: [{ lease, at: later }] }, later)
    expect(store.writer.numbers.overview({ now: later }).totals.waitMs).toBe(Math.max(0, jumpMs))
  })

  it('retries what failed once, as soon as the wall clock says so', async () => {
    using store = await openWriter()
    const { id } = submit(store, NOW, { maxRetries: 1 })
    const [lease] = claim(store, NOW)
    report(store, { ended: [{ lease, startedAt: NOW, at: NOW, end: failed }] }, NOW)
    expect(stateOf(store, id)).toBe('retrying')
    store.run('makeDue', { now: later }, later)
    expect(stateOf(store, id)).toBe(jumpMs > 0 ? 'pending' : 'retrying')
    const due = Math.max(later, NOW + 1000)
    store.run('makeDue', { now: due }, due)
    store.run('makeDue', { now: due }, due)
    expect(claim(store, due)).toMatchObject([{ id, attempt: 2 }])
    expect(claim(store, later)).toEqual([])
  })

  it('fires what is scheduled for an instant once, and never again', async () => {
    using store = await openWriter()
    const { id } = submit(store, NOW, { runAt: NOW + 1000 })
    const instants = [later, NOW + 1000, later, NOW + 2000]
    const claims = instants.flatMap((now) => {
      store.run('makeDue', { now }, now)
      return claim(store, now)
    })
    expect(claims.map((task) => task.id)).toEqual([id])
  })

  it('keeps what finished lately as long as its age by the wall clock allows, and dead letters for good', async () => {
    using store = await openWriter()
    const kept = submit(store, NOW)
    const dead = submit(store, NOW, { maxRetries: 0 })
    const [first, second] = claim(store, NOW)
    report(store, { ended: [{ lease: first, startedAt: NOW, at: NOW, end: succeeded }] }, NOW)
    report(store, { ended: [{ lease: second, startedAt: NOW, at: NOW, end: failed }] }, NOW)
    const finishedBefore = later - 2 * DAY_MS
    store.run('retain', { queue: 'default', finishedBefore, excess: 0, limit: 10, now: later }, later)
    expect([stateOf(store, kept.id), stateOf(store, dead.id)]).toEqual(['succeeded', 'failed'])
  })

  it('keeps an idempotency key and a unique one from making a second task', async () => {
    using store = await openWriter()
    const first = submit(store, NOW, { idempotencyKey: 'k' })
    const inside = NOW + Math.min(jumpMs, DAY_MS - 1)
    expect(submit(store, inside, { idempotencyKey: 'k' }).id).toBe(first.id)
    const unique = { key: 'u', forMs: 2 * DAY_MS }
    submit(store, NOW, { unique })
    expect(() => submit(store, later, { unique })).toThrow(/u/)
  })
})
