import { randomInt } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ClaimedTask } from '../../src/server/local/store/commands/claim.ts'
import { prepareWorkflows } from '../../src/server/local/store/queries/workflows.ts'
import type { AttemptEnd } from '../../src/shared/domain/attempt-end.ts'
import type { JsonText } from '../../src/shared/domain/json.ts'
import { openWriter, type OpenWriter } from './open-writer.ts'
import { checkWorkflow, workflows } from './workflow-model.ts'
import { checkPromises, type StoredTask } from './store-promises.ts'

/** Command sequences of one run; the long run asks for more. */
const SEQUENCES = Number(process.env['STATE_MACHINE_SEQUENCES'] ?? 150)
/** A failure prints it; the same seed makes the same sequences. */
const SEED = Number(process.env['STATE_MACHINE_SEED'] ?? randomInt(2 ** 31))

const error = { type: 'Error', message: 'no', traceback: null, cause: null }
const ends: fc.Arbitrary<AttemptEnd> = fc.oneof(
  fc.constant<AttemptEnd>({ kind: 'succeeded', result: '1' as JsonText }),
  fc.constant<AttemptEnd>({ kind: 'failed', error, mayRetry: true, retryAfterMs: null }),
  fc.constant<AttemptEnd>({ kind: 'failed', error, mayRetry: false, retryAfterMs: null }),
  fc.constant<AttemptEnd>({ kind: 'timed_out', error }),
  fc.constant<AttemptEnd>({ kind: 'cancelled' }),
  fc
    .constantFrom('guilty' as const, 'suspect' as const, 'innocent' as const)
    .map((blame): AttemptEnd => ({ kind: 'lost', error, blame })),
)
const queue = fc.constantFrom('a', 'b')
const pick = fc.nat(50)
const steps = fc.array(
  fc.oneof(
    fc.record({
      do: fc.constant('submit' as const),
      queue,
      count: fc.integer({ min: 1, max: 4 }),
      delayMs: fc.constantFrom(0, 0, 500),
      maxRetries: fc.nat(2),
      queueTimeoutMs: fc.constantFrom(undefined, 300),
    }),
    fc.record({ do: fc.constant('order' as const), credits: fc.nat(4) }),
    fc.record({ do: fc.constant('withdraw' as const) }),
    fc.record({ do: fc.constant('suspect' as const) }),
    fc.record({ do: fc.constant('start' as const), pick }),
    fc.record({ do: fc.constant('progress' as const), pick }),
    fc.record({ do: fc.constant('end' as const), pick, isStarted: fc.boolean(), end: ends }),
    fc.record({ do: fc.constant('cancel' as const), pick }),
    fc.record({ do: fc.constant('pause' as const), pick }),
    fc.record({ do: fc.constant('resume' as const), pick }),
    fc.record({
      do: fc.constant('update' as const),
      pick,
      queue,
      delayMs: fc.constantFrom(undefined, 0, 500),
    }),
    fc.record({ do: fc.constant('limit' as const), queue, concurrency: fc.constantFrom(null, 1, 2) }),
    fc.record({
      do: fc.constant('retain' as const),
      queue,
      excess: fc.nat(3),
      ageMs: fc.constantFrom(0, 1000, 1e9),
    }),
    fc.record({ do: fc.constant('replay' as const), pick }),
    fc.record({ do: fc.constant('delete' as const), pick }),
    fc.record({ do: fc.constant('pauseQueue' as const), queue, isPaused: fc.boolean() }),
    fc.record({ do: fc.constant('purge' as const), queue }),
    fc.record({ do: fc.constant('reprocess' as const), queue }),
    fc.record({ do: fc.constant('purgeDead' as const), queue }),
    fc.record({ do: fc.constant('wait' as const), ms: fc.nat(3000) }),
    fc.record({ do: fc.constant('recover' as const) }),
    // Somebody sets the clock.
    fc.record({
      do: fc.constant('jump' as const),
      ms: fc.constantFrom(-86_400_000, -2000, 2000, 86_400_000),
    }),
    fc.record({ do: fc.constant('workflow' as const), workflow: workflows }),
    fc.record({ do: fc.constantFrom('cancelWorkflow' as const, 'deleteWorkflow' as const), pick }),
  ),
  // Left alone, fast-check makes short lists, in which nothing has time to go wrong.
  { maxLength: 40, size: 'max' },
)
type Step = typeof steps extends fc.Arbitrary<(infer One)[]> ? One : never

/** Runs one sequence, and holds the store to its promises after every step. */
function check(store: OpenWriter, sequence: readonly Step[]): void {
  let now = 1_800_000_000_000
  const claims: ClaimedTask[] = []
  const limits = new Map<string, number | null>()
  const rows = () => store.db.prepare<[], StoredTask>('SELECT * FROM tasks ORDER BY number').all()
  const workflowsOf = prepareWorkflows(store.db)
  let before = new Map<string, StoredTask>()

  function commit(name: Parameters<OpenWriter['run']>[0], params: unknown): unknown {
    const { replies, claimed: byWorker } = store.writer.commit([{ name, params }], now)
    const claimed = byWorker.flatMap(({ tasks }) => tasks)
    claims.push(...claimed)
    for (const [limited, limit] of limits) checkLimit(claimed, limited, limit)
    const reply = replies[0]!
    if (reply.ok) return reply.value
    if ('refusal' in reply) return null
    throw new Error(reply.failure)
  }
  /** A new claim must leave no more running than its queue allows; lowering the limit stops nothing. */
  function checkLimit(claimed: readonly ClaimedTask[], limited: string, limit: number | null): void {
    if (limit === null || !claimed.some((claim) => claim.queue === limited)) return
    expect(
      rows().filter((row) => row.queue === limited && row.state === 'running').length,
    ).toBeLessThanOrEqual(limit)
  }
  const report = (parts: object) =>
    commit('report', {
      workerId: 'w',
      started: [],
      progress: [],
      logs: [],
      checkpoints: [],
      ended: [],
      ...parts,
    }) as number[]
  const anyTask = (dice: number) => {
    const all = [...before.values()]
    return all.length === 0 ? 'nobody' : all[dice % all.length]!.id
  }
  const anyWorkflow = (dice: number) => {
    const all = workflowsOf.workflows({ limit: 1000 }).workflows
    return all.length === 0 ? 'none' : all[dice % all.length]!.id
  }
  const holds = (claim: ClaimedTask) => {
    const row = before.get(claim.id)
    return row?.state === 'running' && row.attempt === claim.attempt && row.lease_token === claim.leaseToken
  }

  for (const step of sequence) {
    now += 1
    switch (step.do) {
      case 'submit':
        commit('submit', {
          tasks: Array.from({ length: step.count }, () => ({
            name: 't',
            queue: step.queue,
            runAt: now + step.delayMs,
            maxRetries: step.maxRetries,
            queueTimeoutMs: step.queueTimeoutMs,
          })),
          now,
        })
        break
      case 'order':
        commit('orderClaims', { workerId: 'w', credits: step.credits, names: ['t'], queues: null, now })
        break
      case 'withdraw':
        commit('withdrawOrder', { workerId: 'w' })
        break
      case 'suspect': {
        const claimed = commit('claimSuspect', { workerId: 'w', now }) as ClaimedTask[]
        claims.push(...claimed)
        break
      }
      case 'start':
      case 'progress':
      case 'end': {
        // Any claim there ever was: late and repeated reports must be refused and change nothing.
        const lease = claims[step.pick % Math.max(1, claims.length)]
        if (lease === undefined) break
        const isHeld = holds(lease)
        const lost =
          step.do === 'start'
            ? report({ started: [{ lease, at: now }] })
            : step.do === 'progress'
              ? report({ progress: [{ lease, at: now, fraction: 0.5, stage: null, message: null }] })
              : report({ ended: [{ lease, startedAt: step.isStarted ? now : null, at: now, end: step.end }] })
        expect(lost).toEqual(isHeld ? [] : [lease.number])
        break
      }
      case 'cancel':
        commit('cancel', { id: anyTask(step.pick), now })
        break
      case 'pause':
        commit('pauseTask', { id: anyTask(step.pick), now })
        break
      case 'resume':
        commit('resumeTask', { id: anyTask(step.pick), now })
        break
      case 'update': {
        const runAt = step.delayMs === undefined ? undefined : now + step.delayMs
        commit('updateTask', { id: anyTask(step.pick), changes: { queue: step.queue, runAt }, now })
        break
      }
      case 'limit':
        limits.set(step.queue, step.concurrency)
        commit('updateQueue', { queue: step.queue, changes: { concurrency: step.concurrency }, now })
        break
      case 'retain': {
        const dead = rows().filter((row) => row.is_dead_letter === 1).length
        commit('retain', {
          queue: step.queue,
          finishedBefore: now - step.ageMs,
          excess: step.excess,
          limit: 5,
          now,
        })
        expect(rows().filter((row) => row.is_dead_letter === 1)).toHaveLength(dead)
        break
      }
      case 'replay':
        commit('replay', { id: anyTask(step.pick), changes: {}, now })
        break
      case 'delete':
        commit('deleteTask', { id: anyTask(step.pick), now })
        break
      case 'pauseQueue':
        commit('setQueuePaused', { queue: step.queue, isPaused: step.isPaused, now })
        break
      case 'purge':
        commit('purgeSome', { queue: step.queue, upTo: Number.MAX_SAFE_INTEGER, limit: 100, now })
        break
      case 'reprocess':
        commit('reprocess', { queue: step.queue, selection: 'all', now })
        break
      case 'purgeDead':
        commit('purgeDead', { queue: step.queue, selection: 'all', now })
        break
      case 'wait':
        now += step.ms
        commit('makeDue', { now })
        break
      case 'jump':
        now += step.ms
        commit('makeDue', { now })
        break
      case 'recover':
        commit('recover', { now })
        break
      case 'workflow':
        commit('submitWorkflow', { workflow: step.workflow, now })
        break
      case 'cancelWorkflow':
        commit('cancelWorkflow', { id: anyWorkflow(step.pick), now })
        break
      case 'deleteWorkflow':
        commit('deleteSomeOfWorkflow', { id: anyWorkflow(step.pick), now })
        break
    }
    before = checkPromises(store, before, rows(), now)
    for (const { id } of workflowsOf.workflows({ limit: 1000 }).workflows)
      checkWorkflow(workflowsOf.workflow({ id }))
  }
  expect(
    new Set(claims.map(({ number, attempt, leaseToken }) => `${number}/${attempt}/${leaseToken}`)).size,
  ).toBe(claims.length)
}

describe(`the state machine in the store (seed ${SEED})`, { timeout: 30_000 + SEQUENCES * 300 }, () => {
  it('keeps every promise under any sequence of commands', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (sequence) => {
        using store = await openWriter()
        check(store, sequence)
      }),
      { numRuns: SEQUENCES, seed: SEED },
    )
  })

  it('numbers its events without a gap, whatever was refused between', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (sequence) => {
        using store = await openWriter()
        check(store, sequence)
        const texts = store.db
          .prepare<[], string>('SELECT events FROM event_batches ORDER BY last_seq')
          .pluck()
          .all()
        const seqs = texts.flatMap((text) => (JSON.parse(text) as { seq: number }[]).map(({ seq }) => seq))
        expect(seqs).toEqual(seqs.map((_, index) => index + 1))
      }),
      { numRuns: Math.ceil(SEQUENCES / 5), seed: SEED + 1 },
    )
  })

  it('undoes a command that is refused half-way, and keeps those beside it', async () => {
    using store = await openWriter()
    const unique = { key: 'k', forMs: 1000 }
    const submit = (tasks: object[]) => ({ name: 'submit' as const, params: { tasks, now: 1 } })
    const { replies, events } = store.writer.commit(
      [
        submit([{ name: 'a', unique }]),
        submit([{ name: 'b' }, { name: 'c', unique }]),
        submit([{ name: 'd' }]),
      ],
      1,
    )
    expect(replies.map(({ ok }) => ok)).toEqual([true, false, true])
    expect(store.db.prepare('SELECT name FROM tasks ORDER BY number').pluck().all()).toEqual(['a', 'd'])
    expect((JSON.parse(events!.text) as { data: { name: string } }[]).map(({ data }) => data.name)).toEqual([
      'a',
      'd',
    ])
    expect(store.writer.numbers.overview({ now: 1 }).counts.pending).toBe(2)
  })
})
