import { expect, it } from 'vitest'
import {
  claimOneSuspect,
  claimReady,
  claimReadyNames,
  peekReady,
} from '../../src/server/local/store/commands/claim.ts'
import { subtasksOf } from '../../src/server/local/store/queries/subtasks.ts'
import { openWriter } from './open-writer.ts'

const parameters = {
  workerId: 'w',
  leaseToken: 't',
  now: 1,
  names: '[]',
  queue: 'q',
  queues: '[]',
  limit: 1,
  id: 'x',
  after: 0,
}

it.each([
  ['claiming what is ready', claimReady, /USING (?:COVERING )?INDEX tasks_ready/],
  ['claiming what is ready and known', claimReadyNames, /USING (?:COVERING )?INDEX tasks_ready/],
  ['what a lease may take', peekReady, /USING (?:COVERING )?INDEX tasks_ready/],
  [
    'the tasks of a worker',
    `SELECT * FROM tasks WHERE state = 'running' AND worker_id = 'w' ORDER BY number`,
    /USING INDEX tasks_running/,
  ],
  [
    'what external workers hold',
    `SELECT * FROM tasks WHERE state = 'running' AND lease_ms IS NOT NULL`,
    /USING INDEX tasks_running/,
  ],
  ['claiming a suspect', claimOneSuspect, /USING (?:COVERING )?INDEX tasks_suspect/],
  [
    'finding what is due',
    `SELECT * FROM tasks WHERE state IN ('scheduled', 'retrying') AND blocked_by = 0 AND run_at <= 5 ORDER BY run_at LIMIT 5`,
    /USING INDEX tasks_due/,
  ],
  [
    'the next due instant',
    `SELECT min(run_at) FROM tasks WHERE state IN ('scheduled', 'retrying') AND blocked_by = 0`,
    /USING (?:COVERING )?INDEX tasks_due/,
  ],
  ['the subtasks of a task', subtasksOf, /USING INDEX tasks_by_parent/],
  [
    'the oldest pending task of a queue',
    `SELECT run_at FROM tasks WHERE queue = 'q' AND state = 'pending' ORDER BY number LIMIT 1`,
    /USING INDEX tasks_by_queue_and_state/,
  ],
  [
    'the dead letters of a queue',
    `SELECT * FROM tasks WHERE is_dead_letter = 1 AND queue = 'q' ORDER BY number`,
    /tasks_dead/,
  ],
])('%s is served by its index, without sorting', async (_what, sql, index) => {
  using store = await openWriter()
  const plan = store.db
    .prepare(`EXPLAIN QUERY PLAN ${sql}`)
    .all(...(sql.includes('@') ? [parameters] : [])) as { detail: string }[]
  const text = plan.map(({ detail }) => detail).join('\n')
  expect(text).toMatch(index)
  expect(text).not.toMatch(/SCAN tasks$|USE TEMP B-TREE/m)
})
