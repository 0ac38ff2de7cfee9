import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createIds } from '../../src/server/local/store/create-ids.ts'
import { openWritable, type WritableDatabase } from '../../src/server/local/store/open-database.ts'
import { SEARCHED_COLUMNS } from '../../src/server/local/store/search-text.ts'
import { createWriter } from '../../src/server/local/store/writer.ts'
import type { JsonText } from '../../src/shared/domain/json.ts'

const BATCH = 5000

/**
 * A data folder with `count` tasks in `queue`, written by the store's own writer: waiting far in the
 * future, or waiting now, or finished and with the full-text index filled.
 */
export async function seedTasks(
  folder: string,
  count: number,
  kind: 'scheduled' | 'pending' | 'succeeded',
): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const db = await openWritable(join(folder, 'penstock.db'))
  db.pragma('synchronous = OFF')
  const now = Date.now()
  const writer = createWriter(db, {
    newId: createIds(Math.random),
    newLeaseToken: () => 'seed',
    random: Math.random,
  })
  for (let done = 0; done < count; done += BATCH) {
    const size = Math.min(BATCH, count - done)
    const tasks = Array.from({ length: size }, (_, index) => ({
      name: kind === 'pending' ? 'nobody_runs_this' : 'seeded',
      queue: 'seed',
      kwargs: JSON.stringify({ to: `person${done + index}@example.org`, text: 'x'.repeat(140) }) as JsonText,
      ...(kind === 'scheduled' ? { runAt: now + 1e10 } : {}),
    }))
    writer.commit([{ name: 'submit', params: { tasks, now } }], now)
    if (kind !== 'succeeded') continue
    const order = { workerId: 'seed', credits: size, names: ['seeded'], queues: null, now }
    const { claimed } = writer.commit([{ name: 'orderClaims', params: order }], now)
    const ended = claimed
      .flatMap(({ tasks: leases }) => leases)
      .map((lease) => ({
        lease,
        startedAt: now,
        at: now,
        end: { kind: 'succeeded', result: 'null' as JsonText } as const,
      }))
    const report = { workerId: 'seed', started: [], progress: [], logs: [], checkpoints: [], ended }
    writer.commit([{ name: 'report', params: report }], now)
  }
  if (kind === 'succeeded') fillSearch(db)
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.close()
}

/** In one go what the broker does in slices. */
function fillSearch(db: WritableDatabase): void {
  db.exec(`
    INSERT INTO task_search (rowid, text) SELECT number, concat_ws(char(10), ${SEARCHED_COLUMNS.join(', ')}) FROM tasks;
    INSERT OR REPLACE INTO background_cursors (name, value)
      SELECT 'search.seq', max(last_seq) FROM event_batches UNION ALL SELECT 'search.at', max(updated_at) FROM tasks;
  `)
}
