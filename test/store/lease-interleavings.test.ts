import { randomInt } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ClaimedTask } from '../../src/server/local/store/commands/claim.ts'
import type { LeaseEnd } from '../../src/server/local/store/commands/leases.ts'
import type { ExternalWorkerRow } from '../../src/server/local/store/worker-rows.ts'
import type { JsonText } from '../../src/shared/domain/json.ts'
import { isFinal } from '../../src/shared/domain/state.ts'
import type { WorkerRegistration } from '../../src/shared/domain/worker-port.ts'
import { openWriter, type OpenWriter } from './open-writer.ts'
import { checkPromises, type StoredTask } from './store-promises.ts'

/** Sequences of one run; the long run asks for more. */
const SEQUENCES = Number(process.env['LEASE_SEQUENCES'] ?? 60)
/** A failure prints it; the same seed makes the same sequences. */
const SEED = Number(process.env['LEASE_SEED'] ?? randomInt(2 ** 31))
const LEASE_MS = 1000

const error = { type: 'Error', message: 'no', traceback: null, cause: null }
const answers: fc.Arbitrary<LeaseEnd> = fc.constantFrom<LeaseEnd>(
  { kind: 'succeeded', result: '1' as JsonText },
  { kind: 'failed', error, mayRetry: true, retryAfterMs: null },
  { kind: 'failed', error, mayRetry: false, retryAfterMs: null },
  { kind: 'given back' },
)
const pick = fc.nat(50)
const queue = fc.constantFrom('a', 'b')
const once = <Value>(arbitrary: fc.Arbitrary<Value>) => ({ weight: 1, arbitrary })
const often = <Value>(arbitrary: fc.Arbitrary<Value>) => ({ weight: 4, arbitrary })
const steps = fc.array(
  fc.oneof(
    often(
      fc.record({
        do: fc.constant('submit' as const),
        queue,
        count: fc.integer({ min: 1, max: 4 }),
        priority: fc.constantFrom(5, 9),
        maxRetries: fc.nat(2),
      }),
    ),
    often(
      fc.record({
        do: fc.constant('lease' as const),
        pick,
        limit: fc.integer({ min: 1, max: 3 }),
        times: fc.integer({ min: 1, max: 2 }),
      }),
    ),
    often(
      fc.record({ do: fc.constant('answer' as const), pick, end: answers, isAnothers: fc.constant(false) }),
    ),
    once(
      fc.record({ do: fc.constant('answer' as const), pick, end: answers, isAnothers: fc.constant(true) }),
    ),
    once(
      fc.record({
        do: fc.constant('register' as const),
        concurrency: fc.integer({ min: 1, max: 3 }),
        queues: fc.constantFrom(null, ['a']),
        names: fc.constantFrom(null, ['t'], ['other']),
      }),
    ),
    often(
      fc.record({
        do: fc.constantFrom('startLease' as const, 'progressLease' as const, 'checkpointLease' as const),
        pick,
      }),
    ),
    once(fc.record({ do: fc.constant('renew' as const), pick, leaseMs: fc.constantFrom(LEASE_MS, 2000) })),
    once(
      fc.record({
        do: fc.constant('take' as const),
        pick,
        kind: fc.constantFrom('lost' as const, 'timed_out' as const),
      }),
    ),
    often(
      fc.record({
        do: fc.constantFrom('cancel' as const, 'terminate' as const, 'pause' as const, 'resume' as const),
        pick,
      }),
    ),
    once(fc.record({ do: fc.constantFrom('heartbeat' as const, 'lose' as const, 'remove' as const), pick })),
    often(
      fc.record({
        do: fc.constant('change' as const),
        pick,
        changes: fc.constantFrom(
          { isPaused: true },
          { isPaused: false, isDraining: false },
          { isPaused: false, isDraining: false },
          { isDraining: true },
          { concurrency: 1 },
          { concurrency: 3 },
          { declaredStatus: 'inactive' },
          { declaredStatus: 'active' },
        ),
      }),
    ),
    once(
      fc.record({ do: fc.constant('order' as const), pool: fc.constantFrom('p', 'q'), credits: fc.nat(2) }),
    ),
    once(fc.record({ do: fc.constant('endLocal' as const), pick, isStarted: fc.boolean() })),
    once(
      fc.record({ do: fc.constant('limit' as const), queue, concurrency: fc.constantFrom(null, null, 1, 2) }),
    ),
    once(fc.record({ do: fc.constant('pauseQueue' as const), queue, isPaused: fc.boolean() })),
    often(fc.record({ do: fc.constant('wait' as const), ms: fc.nat(3000) })),
    once(fc.record({ do: fc.constant('recover' as const) })),
  ),
  // Left alone, fast-check makes short lists, in which nothing has time to go wrong.
  { minLength: 20, maxLength: 60, size: 'max' },
)
type Step = typeof steps extends fc.Arbitrary<(infer One)[]> ? One : never

interface Held extends ClaimedTask {
  readonly workerId: string
}

/** Runs one sequence of what workers, callers and the broker's own watch may do, in any order. */
function check(store: OpenWriter, sequence: readonly Step[]): void {
  let now = 1_800_000_000_000
  const workerIds: string[] = []
  const leases: Held[] = []
  const local: Held[] = []
  const rows = () => store.db.prepare<[], StoredTask>('SELECT * FROM tasks ORDER BY number').all()
  const workers = () =>
    new Map(
      store.db
        .prepare<[], ExternalWorkerRow>('SELECT * FROM external_workers')
        .all()
        .map((row) => [row.id, row]),
    )
  let before = new Map<string, StoredTask>()

  function commit(...commands: readonly { name: string; params: object }[]) {
    const { replies, claimed } = store.writer.commit(
      commands.map(({ name, params }) => ({ name: name as never, params: { ...params, now } })),
      now,
    )
    for (const { workerId, tasks } of claimed) {
      local.push(...tasks.map((task) => ({ ...task, workerId })))
      for (const task of tasks) if (workerId === 'q') expect(task.queue).toBe('a')
    }
    return replies.map((reply) => {
      if (reply.ok) return { value: reply.value, code: null }
      if ('refusal' in reply) return { value: null, code: reply.refusal.code }
      throw new Error(reply.failure)
    })
  }
  function register(registration: WorkerRegistration): void {
    const [reply] = commit({ name: 'registerWorker', params: { registration } })
    workerIds.push((reply!.value as ExternalWorkerRow).id)
  }
  const anyWorker = (dice: number) => workerIds[dice % Math.max(1, workerIds.length)] ?? 'nobody'
  /** As often one of the newest as any there ever was. */
  const anyLease = (dice: number) =>
    leases.at(dice % 2 === 0 ? -1 - (dice % 4) : dice % Math.max(1, leases.length))
  const anyTask = (dice: number) => [...before.keys()][dice % Math.max(1, before.size)] ?? 'nobody'
  const holds = ({ id, workerId, leaseToken }: Held) => {
    const row = before.get(id)
    return row?.state === 'running' && row.worker_id === workerId && row.lease_token === leaseToken
  }

  /** What is said under a lease counts exactly as long as it is held, and else changes nothing. */
  function say(name: string, lease: Held | undefined, more: object, workerId = lease?.workerId): void {
    if (lease === undefined) return
    const { id: taskId, leaseToken } = lease
    const isHeld = workerId === lease.workerId && holds(lease)
    const [reply] = commit({ name, params: { workerId, taskId, leaseToken, ...more } })
    expect(reply!.code).toBe(isHeld ? null : 'LEASE_LOST')
    const last = before.get(taskId)
    // A standing order may have claimed it in the same transaction, if it waited.
    if (!isHeld && last !== undefined && last.state !== 'pending')
      expect(rows().find(({ id }) => id === taskId)).toEqual(last)
  }

  function lease(workerId: string, limit: number, times: number): void {
    const worker = workers().get(workerId)
    const replies = commit(
      ...Array.from({ length: times }, () => ({
        name: 'leaseTasks',
        params: { id: workerId, limit, leaseMs: LEASE_MS },
      })),
    )
    if (worker === undefined) {
      expect(replies.every(({ code }) => code === 'WORKER_NOT_FOUND')).toBe(true)
      return
    }
    const got = replies.flatMap(({ value }) => (value as { tasks: readonly ClaimedTask[] }).tasks)
    leases.push(...got.map((task) => ({ ...task, workerId })))
    const paused = new Set(
      store.db.prepare<[], string>('SELECT name FROM queues WHERE is_paused = 1').pluck().all(),
    )
    for (const task of got) {
      expect(paused.has(task.queue)).toBe(false)
      if (worker.queues !== null) expect(JSON.parse(worker.queues)).toContain(task.queue)
      expect(worker.names).not.toBe('["other"]')
    }
    if (worker.is_paused === 1 || worker.is_draining === 1 || worker.declared_status === 'inactive')
      expect(got).toEqual([])
    if (got.length > 0)
      expect(
        rows().filter((row) => row.worker_id === workerId && row.state === 'running').length,
      ).toBeLessThanOrEqual(worker.concurrency)
  }

  for (const queues of [null, ['a']]) register({ hostname: 'h', concurrency: 2, queues, names: null })

  for (const step of sequence) {
    now += 1
    const chosen = 'pick' in step ? anyLease(step.pick) : undefined
    switch (step.do) {
      case 'submit': {
        const { queue: name, count, priority, maxRetries } = step
        const tasks = Array.from({ length: count }, () => ({ name: 't', queue: name, priority, maxRetries }))
        commit({ name: 'submit', params: { tasks } })
        break
      }
      case 'register': {
        const { concurrency, queues, names } = step
        register({ hostname: 'h', concurrency, queues, names })
        break
      }
      case 'lease':
        lease(anyWorker(step.pick), step.limit, step.times)
        break
      case 'answer':
        say('endLease', chosen, { end: step.end }, step.isAnothers ? 'another' : undefined)
        break
      case 'startLease':
      case 'checkpointLease':
        say(step.do, chosen, { data: '1' })
        break
      case 'progressLease':
        say(step.do, chosen, { fraction: 0.5, stage: null, message: null })
        break
      case 'renew': {
        if (chosen === undefined) break
        const { workerId, id: taskId, leaseToken } = chosen
        const params = { id: workerId, leases: [{ taskId, leaseToken }], leaseMs: step.leaseMs }
        const isKnown = workers().has(workerId)
        const [reply] = commit({ name: 'renewLeases', params })
        if (isKnown)
          expect(reply!.value).toMatchObject(
            holds(chosen) ? { renewed: [taskId], lost: [] } : { renewed: [], lost: [taskId] },
          )
        else expect(reply!.code).toBe('WORKER_NOT_FOUND')
        break
      }
      case 'take': {
        if (chosen === undefined) break
        const { workerId, id: taskId, leaseToken } = chosen
        const end =
          step.kind === 'lost' ? { kind: 'lost', error, blame: 'innocent' } : { kind: 'timed_out', error }
        // The watch of the broker may come twice.
        const params = { ends: [{ workerId, taskId, leaseToken, end }] }
        commit({ name: 'takeLeases', params }, { name: 'takeLeases', params })
        expect(rows().find(({ id }) => id === taskId)?.lease_token).not.toBe(leaseToken)
        break
      }
      case 'cancel':
        commit({ name: 'cancel', params: { id: anyTask(step.pick) } })
        break
      case 'terminate': {
        const id = anyTask(step.pick)
        commit({ name: 'cancel', params: { id } }, { name: 'terminateLease', params: { id } })
        const row = rows().find((one) => one.id === id)
        if (before.get(id)?.lease_ms != null && before.get(id)?.state === 'running')
          expect(row?.state).toBe('cancelled')
        break
      }
      case 'pause':
        commit({ name: 'pauseTask', params: { id: anyTask(step.pick) } })
        break
      case 'resume':
        commit({ name: 'resumeTask', params: { id: anyTask(step.pick) } })
        break
      case 'heartbeat':
        commit({ name: 'heartbeatWorker', params: { id: anyWorker(step.pick) } })
        break
      case 'lose':
      case 'remove': {
        const id = anyWorker(step.pick)
        commit({
          name: step.do === 'lose' ? 'loseWorker' : 'removeWorker',
          params: { id, reason: 'silent', error },
        })
        expect(rows().filter((row) => row.worker_id === id && row.state === 'running')).toEqual([])
        break
      }
      case 'change':
        commit({ name: 'changeWorker', params: { id: anyWorker(step.pick), changes: step.changes } })
        break
      case 'order': {
        const { pool: workerId, credits } = step
        commit({
          name: 'orderClaims',
          params: { workerId, credits, names: ['t'], queues: workerId === 'q' ? ['a'] : null },
        })
        break
      }
      case 'endLocal': {
        const claim = local[step.pick % Math.max(1, local.length)]
        if (claim === undefined) break
        const isHeld = holds(claim)
        const end = { kind: 'succeeded', result: '2' }
        const ended = [{ lease: claim, startedAt: step.isStarted ? now : null, at: now, end }]
        const report = {
          workerId: claim.workerId,
          started: [],
          progress: [],
          logs: [],
          checkpoints: [],
          ended,
        }
        const [reply] = commit({ name: 'report', params: report })
        expect(reply!.value).toEqual(isHeld ? [] : [claim.number])
        break
      }
      case 'limit':
        commit({
          name: 'updateQueue',
          params: { queue: step.queue, changes: { concurrency: step.concurrency } },
        })
        break
      case 'pauseQueue':
        commit({ name: 'setQueuePaused', params: { queue: step.queue, isPaused: step.isPaused } })
        break
      case 'wait':
        now += step.ms
        commit({ name: 'makeDue', params: {} })
        break
      case 'recover': {
        const leased = rows().filter((row) => row.state === 'running' && row.lease_ms !== null)
        commit({ name: 'recover', params: {} })
        expect(rows().filter((row) => row.state === 'running' && row.lease_ms !== null)).toEqual(leased)
        break
      }
    }
    before = checkPromises(store, before, rows(), now)
    checkWorkers(rows(), workers())
  }
  checkEnds(store, rows())
}

/** A lease has a worker that is there; one that has drained and holds nothing is offline. */
function checkWorkers(rows: readonly StoredTask[], workers: ReadonlyMap<string, ExternalWorkerRow>): void {
  const held = new Map<string, number>()
  for (const row of rows)
    if (row.state === 'running' && row.lease_ms !== null) {
      expect(workers.get(row.worker_id!)?.is_offline).toBe(0)
      held.set(row.worker_id!, (held.get(row.worker_id!) ?? 0) + 1)
    }
  for (const { id, is_draining: isDraining, is_offline: isOffline } of workers.values())
    if (isDraining === 1 && !held.has(id)) expect(isOffline).toBe(1)
}

/** A final task ended once, in events and in numbers; one that is not has not ended. */
function checkEnds(store: OpenWriter, rows: readonly StoredTask[]): void {
  const texts = store.db.prepare<[], string>('SELECT events FROM event_batches').pluck().all()
  const ends = new Map<string, string[]>()
  for (const { type, taskId } of texts.flatMap(
    (text) => JSON.parse(text) as { type: string; taskId: string }[],
  ))
    if (isFinal(type.replace('task.', '') as never)) ends.set(taskId, [...(ends.get(taskId) ?? []), type])
  for (const { id, state } of rows)
    expect(ends.get(id) ?? []).toEqual(isFinal(state) ? [`task.${state}`] : [])
}

describe(
  `leases of external workers beside local ones (seed ${SEED})`,
  { timeout: 30_000 + SEQUENCES * 400 },
  () => {
    it('end every task at most once, whatever comes late, twice or from elsewhere', async () => {
      await fc.assert(
        fc.asyncProperty(steps, async (sequence) => {
          using store = await openWriter()
          check(store, sequence)
        }),
        { numRuns: SEQUENCES, seed: SEED },
      )
    })
  },
)
