/**
 * External workers and their leases. A running task with a `lease_ms` is leased by an external worker;
 * when its lease runs out is kept in memory, by the monotonic clock. `worker_numbers` names every
 * worker of either kind for dialects with integer ids, once and for all.
 */
export const externalWorkers = `
CREATE TABLE worker_numbers (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  worker_id TEXT NOT NULL UNIQUE
);
CREATE TABLE external_workers (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  hostname TEXT NOT NULL,
  pid INTEGER,
  queues TEXT,
  names TEXT,
  concurrency INTEGER NOT NULL CHECK (concurrency BETWEEN 1 AND 100),
  declared_status TEXT NOT NULL,
  is_paused INTEGER NOT NULL DEFAULT 0,
  is_draining INTEGER NOT NULL DEFAULT 0,
  is_offline INTEGER NOT NULL DEFAULT 0,
  succeeded INTEGER NOT NULL DEFAULT 0,
  failed INTEGER NOT NULL DEFAULT 0,
  run_ms INTEGER NOT NULL DEFAULT 0,
  registered_at INTEGER NOT NULL,
  heartbeat_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
);
ALTER TABLE tasks ADD COLUMN lease_ms INTEGER;
`
