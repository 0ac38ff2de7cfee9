import { expect, it } from 'vitest'
import type { AttemptEnd } from '../../src/shared/domain/attempt-end.ts'
import { isBrokerError } from '../../src/shared/domain/errors.ts'
import type { JsonText } from '../../src/shared/domain/json.ts'
import { openWriter, type OpenWriter } from './open-writer.ts'

const NOW = 1_800_000_000_000
const error = { type: 'Error', message: 'no', traceback: null, cause: null }

/** One task, claimed by worker w. */
function claimOne(store: OpenWriter) {
  const order = { workerId: 'w', credits: 1, names: ['t'], queues: null, now: NOW }
  const { claimed } = store.writer.commit(
    [
      { name: 'submit', params: { tasks: [{ name: 't', maxRetries: 1 }], now: NOW } },
      { name: 'orderClaims', params: order },
    ],
    NOW,
  )
  return claimed[0]!.tasks[0]!
}

it.each<[string, AttemptEnd]>([
  ['succeeded', { kind: 'succeeded', result: '1' as JsonText }],
  ['failed and is to be retried', { kind: 'failed', error, mayRetry: true, retryAfterMs: null }],
  ['was given back', { kind: 'lost', error, blame: 'innocent' }],
])('an attempt that %s submits nothing any more', async (_how, end) => {
  using store = await openWriter()
  const lease = claimOne(store)
  const submit = () =>
    store.run('submitSubtask', { lease, workerId: 'w', task: { name: 'child' }, now: NOW }, NOW)
  expect(submit()).toMatchObject({ name: 'child', state: 'pending' })
  const ended = [{ lease, startedAt: NOW, at: NOW, end }]
  store.run('report', { workerId: 'w', started: [], progress: [], logs: [], checkpoints: [], ended }, NOW)
  expect(submit).toThrow(/has ended/)
  expect(codeOf(submit)).toBe('LEASE_LOST')
  expect(store.db.prepare(`SELECT parent_id FROM tasks WHERE name = 'child'`).pluck().all()).toEqual([
    lease.id,
  ])
})

it('an attempt without the right lease submits nothing', async () => {
  using store = await openWriter()
  const task = claimOne(store)
  for (const lease of [
    { ...task, leaseToken: 'another' },
    { ...task, attempt: 2 },
  ])
    expect(
      codeOf(() =>
        store.run('submitSubtask', { lease, workerId: 'w', task: { name: 'child' }, now: NOW }, NOW),
      ),
    ).toBe('LEASE_LOST')
})

function codeOf(call: () => unknown): string | null {
  try {
    call()
    return null
  } catch (thrown) {
    if (!isBrokerError(thrown)) throw thrown
    return thrown.code
  }
}
