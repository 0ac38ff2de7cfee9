import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { BrokerError } from '../../../shared/domain/errors.ts'
import { NO_ARGS, NO_KWARGS } from '../../../shared/domain/json.ts'
import type { ExecutorReport } from '../executor/executor-protocol.ts'
import type { Executor } from '../executor/supervise-executor.ts'
import type { ClaimedTask } from '../store/commands/claim.ts'
import type { CommitNotice, Store } from '../store/store-client.ts'
import { createDispatcher } from './dispatcher.ts'
import { createPoolState } from './pool-state.ts'

const claimed = (number: number, isSuspect = false): ClaimedTask => ({
  number,
  id: String(number),
  name: 't',
  queue: 'q',
  attempt: 1,
  leaseToken: 'x',
  args: NO_ARGS,
  kwargs: NO_KWARGS,
  metadata: {},
  timeoutMs: 1000,
  dueAt: 0,
  claimedAt: 0,
  isSuspect,
  checkpoint: null,
  parents: null,
  workflowId: null,
})

const reportOf = (parts: Partial<ExecutorReport>): ExecutorReport => ({
  kind: 'report',
  handed: [],
  recalled: [],
  started: [],
  progress: [],
  logs: [],
  checkpoints: [],
  ended: [],
  ...parts,
})

/** A dispatcher between a store and an executor that do as the test says. */
function fixture() {
  const asked: { name: string; params: Record<string, unknown> }[] = []
  const ran: number[] = []
  let listener: (notice: CommitNotice) => void = () => {}
  const answers = { isFine: true, suspect: [] as ClaimedTask[] }
  const store = {
    run: async (name: string, params: Record<string, unknown>) => {
      asked.push({ name, params })
      await Promise.resolve()
      if (!answers.isFine)
        throw new BrokerError('SERVICE_UNAVAILABLE', 'The disk is full.', { component: 'store' })
      return name === 'claimSuspect' ? answers.suspect.splice(0, 1) : undefined
    },
    onCommit: (given: typeof listener) => void (listener = given),
    onFailure: () => {},
  } as unknown as Store
  const executor = {
    run: (_workerId: string, tasks: readonly { number: number }[]) =>
      ran.push(...tasks.map(({ number }) => number)),
    setSlots: () => {},
  } as unknown as Executor
  const pool = createPoolState({ id: 'p', name: 'p', queues: null, threads: 2, now: 0 })
  const dispatcher = createDispatcher({
    store,
    executor: () => executor,
    clock: { now: () => 0, monotonic: () => 0 },
    pools: [pool],
    keepsLogs: () => true,
    onEmpty: () => {},
    onError: () => {},
  })
  const commit = (notice: Partial<CommitNotice>) =>
    listener({ events: null, claimed: [], nextDueAt: null, suspects: 0, ...notice })
  const credits = () =>
    asked.reduce(
      (sum, { name, params }) => (name === 'orderClaims' ? sum + Number(params['credits']) : sum),
      0,
    )
  return { dispatcher, pool, asked, ran, answers, commit, credits }
}
const handlers = {
  handlers: [{ name: 't', file: null, timeoutMs: null, maxRetries: null, checksInput: false }],
  problems: [],
}

describe('the dispatcher', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('orders as many tasks as there are threads once the executor is ready', () => {
    const { dispatcher, credits } = fixture()
    expect(credits()).toBe(0)
    dispatcher.onReady(handlers)
    expect(credits()).toBe(2)
  })

  it('orders again what a failing disk refused', async () => {
    const { dispatcher, answers, credits, asked } = fixture()
    answers.isFine = false
    dispatcher.onReady(handlers)
    await vi.advanceTimersByTimeAsync(0)
    answers.isFine = true
    asked.length = 0
    await vi.advanceTimersByTimeAsync(500)
    expect(credits()).toBe(2)
  })

  it('gives back what was claimed for a pool that has been paused meanwhile', async () => {
    const { dispatcher, pool, commit, asked, ran } = fixture()
    dispatcher.onReady(handlers)
    pool.isPaused = true
    dispatcher.changed(pool)
    commit({ claimed: [{ workerId: 'p', tasks: [claimed(1)] }] })
    await vi.advanceTimersByTimeAsync(0)
    expect(ran).toEqual([])
    const reports = asked.filter(({ name }) => name === 'report')
    expect(reports).toMatchObject([{ params: { ended: [{ lease: { number: 1 }, end: { kind: 'lost' } }] } }])
  })

  it('runs a suspect alone, and orders nothing beside it', async () => {
    const { dispatcher, answers, commit, ran, credits } = fixture()
    dispatcher.onReady(handlers)
    await vi.advanceTimersByTimeAsync(0)
    const ordered = credits()
    answers.suspect.push(claimed(7, true))
    commit({ suspects: 1 })
    await vi.advanceTimersByTimeAsync(0)
    expect(ran).toEqual([7])
    commit({ suspects: 0 })
    await vi.advanceTimersByTimeAsync(0)
    expect(credits()).toBe(ordered)
    const ended = [
      { number: 7, startedAt: 0, at: 5000, end: { kind: 'succeeded' as const, result: '1' as never } },
    ]
    dispatcher.onReport(reportOf({ ended }))
    expect(credits()).toBe(ordered + 2)
  })

  it('claims no suspect while anything else is in hand', async () => {
    const { dispatcher, answers, commit, ran } = fixture()
    dispatcher.onReady(handlers)
    answers.suspect.push(claimed(7, true))
    commit({ claimed: [{ workerId: 'p', tasks: [claimed(1)] }], suspects: 1 })
    await vi.advanceTimersByTimeAsync(0)
    expect(ran).toEqual([1])
    const ended = [
      { number: 1, startedAt: 0, at: 1, end: { kind: 'succeeded' as const, result: '1' as never } },
    ]
    dispatcher.onReport(reportOf({ ended }))
    await vi.advanceTimersByTimeAsync(0)
    expect(ran).toEqual([1, 7])
  })

  it('goes on with the others when a suspect cannot be claimed after all, and tries again later', async () => {
    const { dispatcher, answers, commit, ran, credits } = fixture()
    dispatcher.onReady(handlers)
    await vi.advanceTimersByTimeAsync(0)
    const ordered = credits()
    commit({ suspects: 1 })
    await vi.advanceTimersByTimeAsync(0)
    expect(credits()).toBe(ordered + 2)
    answers.suspect.push(claimed(7, true))
    await vi.advanceTimersByTimeAsync(500)
    commit({ suspects: 1 })
    await vi.advanceTimersByTimeAsync(0)
    expect(ran).toEqual([7])
  })

  it('blames the one that was inside when the executor went down, and nobody that only waited', async () => {
    const { dispatcher, commit, asked } = fixture()
    dispatcher.onReady(handlers)
    commit({ claimed: [{ workerId: 'p', tasks: [claimed(1), claimed(2)] }] })
    const started = [{ number: 1, at: 0 }]
    dispatcher.onReport(reportOf({ started }))
    asked.length = 0
    dispatcher.onCrash('was killed')
    const [report] = asked.filter(({ name }) => name === 'report')
    expect(report!.params['ended']).toMatchObject([
      { lease: { number: 1 }, end: { kind: 'lost', blame: 'guilty' } },
      { lease: { number: 2 }, end: { kind: 'lost', blame: 'innocent' } },
    ])
  })

  it('takes all that were in one thread together for suspects, but those that it gave back', () => {
    const { dispatcher, commit, asked } = fixture()
    dispatcher.onReady(handlers)
    commit({ claimed: [{ workerId: 'p', tasks: [claimed(1), claimed(2), claimed(3)] }] })
    dispatcher.onReport(reportOf({ handed: [1, 2, 3] }))
    dispatcher.onReport(reportOf({ recalled: [3] }))
    asked.length = 0
    dispatcher.onCrash('was killed')
    const [report] = asked.filter(({ name }) => name === 'report')
    expect(report!.params).toMatchObject({
      started: [{ lease: { number: 1 } }, { lease: { number: 2 } }],
      ended: [
        { lease: { number: 1 }, end: { kind: 'lost', blame: 'suspect' } },
        { lease: { number: 2 }, end: { kind: 'lost', blame: 'suspect' } },
        { lease: { number: 3 }, startedAt: null, end: { kind: 'lost', blame: 'innocent' } },
      ],
    })
  })

  it('writes the start of one that told of it only with its end', () => {
    const { dispatcher, commit, asked } = fixture()
    dispatcher.onReady(handlers)
    commit({ claimed: [{ workerId: 'p', tasks: [claimed(1)] }] })
    dispatcher.onReport(reportOf({ handed: [1] }))
    const end = { kind: 'succeeded' as const, result: '1' as never }
    dispatcher.onReport(reportOf({ ended: [{ number: 1, startedAt: 5, at: 6, end }] }))
    expect(asked.at(-1)).toMatchObject({ name: 'orderClaims' })
    const reports = asked.filter(({ name }) => name === 'report')
    expect(reports).toMatchObject([
      { params: { started: [{ lease: { number: 1 }, at: 5 }], ended: [{ startedAt: 5, at: 6 }] } },
    ])
  })
})
