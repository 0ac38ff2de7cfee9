CREATE TABLE attempts (
  task_number INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  worker_id TEXT,
  due_at INTEGER NOT NULL,
  claimed_at INTEGER NOT NULL,
  started_at INTEGER,
  finished_at INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  error TEXT,
  retry_at INTEGER,
  PRIMARY KEY (task_number, attempt)
) WITHOUT ROWID;

CREATE TABLE event_batches (
  last_seq INTEGER PRIMARY KEY,
  first_seq INTEGER NOT NULL,
  events TEXT NOT NULL
);

CREATE TABLE idempotency_keys (
  key TEXT PRIMARY KEY,
  until INTEGER NOT NULL,
  task_number INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE log_entries (
  task_number INTEGER NOT NULL,
  line INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  at INTEGER NOT NULL,
  level TEXT NOT NULL,
  message TEXT NOT NULL,
  PRIMARY KEY (task_number, line)
) WITHOUT ROWID;

CREATE TABLE minute_stats (
  minute INTEGER NOT NULL,
  queue TEXT NOT NULL,
  stats TEXT NOT NULL,
  PRIMARY KEY (minute, queue)
) WITHOUT ROWID;

CREATE TABLE progress_entries (
  task_number INTEGER NOT NULL,
  ms INTEGER NOT NULL,
  n INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  fraction REAL NOT NULL,
  stage TEXT,
  message TEXT,
  PRIMARY KEY (task_number, ms, n)
) WITHOUT ROWID;

CREATE TABLE queues (
  name TEXT PRIMARY KEY,
  is_paused INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL
, settings TEXT) WITHOUT ROWID;

CREATE TABLE state_counts (
  queue TEXT NOT NULL,
  state TEXT NOT NULL,
  count INTEGER NOT NULL CHECK (count >= 0),
  PRIMARY KEY (queue, state)
) WITHOUT ROWID;

CREATE TABLE task_totals (
  queue TEXT NOT NULL,
  name TEXT NOT NULL,
  totals TEXT NOT NULL,
  PRIMARY KEY (queue, name)
) WITHOUT ROWID;

CREATE TABLE tasks (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  queue TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('scheduled', 'pending', 'running', 'retrying', 'paused',
                                       'succeeded', 'failed', 'timed_out', 'cancelled')),
  priority INTEGER NOT NULL CHECK (priority BETWEEN 0 AND 10),
  run_at INTEGER NOT NULL,
  attempt INTEGER NOT NULL DEFAULT 0 CHECK (attempt >= 0),
  excused_attempts INTEGER NOT NULL DEFAULT 0,
  crashes INTEGER NOT NULL DEFAULT 0,
  is_suspect INTEGER NOT NULL DEFAULT 0,
  is_dead_letter INTEGER NOT NULL DEFAULT 0,
  is_cancel_requested INTEGER NOT NULL DEFAULT 0,
  max_retries INTEGER NOT NULL,
  timeout_ms INTEGER NOT NULL,
  queue_timeout_ms INTEGER,
  backoff TEXT,
  worker_id TEXT,
  lease_token TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  claimed_at INTEGER,
  started_at INTEGER,
  finished_at INTEGER,
  unique_key TEXT,
  unique_until INTEGER,
  idempotency_key TEXT,
  parent_id TEXT,
  workflow_id TEXT,
  replay_of TEXT,
  metadata TEXT,
  progress TEXT,
  error TEXT,
  error_fingerprint TEXT,
  args TEXT NOT NULL,
  kwargs TEXT NOT NULL,
  result TEXT, is_pause_requested INTEGER NOT NULL DEFAULT 0, checkpoint TEXT,
  CHECK ((finished_at IS NOT NULL) = (state IN ('succeeded', 'failed', 'timed_out', 'cancelled'))),
  CHECK ((lease_token IS NOT NULL) = (state = 'running'))
);

CREATE TABLE unique_locks (
  key TEXT PRIMARY KEY,
  until INTEGER NOT NULL,
  task_id TEXT NOT NULL
) WITHOUT ROWID;

CREATE INDEX tasks_by_parent ON tasks (parent_id) WHERE parent_id IS NOT NULL;

CREATE INDEX tasks_by_queue_and_state ON tasks (queue, state, number);

CREATE INDEX tasks_by_replayed ON tasks (replay_of) WHERE replay_of IS NOT NULL;

CREATE INDEX tasks_dead ON tasks (queue, number) WHERE is_dead_letter = 1;

CREATE INDEX tasks_due ON tasks (run_at) WHERE state IN ('scheduled', 'retrying');

CREATE INDEX tasks_expiring ON tasks (run_at + queue_timeout_ms) WHERE state = 'pending' AND queue_timeout_ms IS NOT NULL;

CREATE INDEX tasks_ready ON tasks (queue, priority DESC, number) WHERE state = 'pending' AND is_suspect = 0;

CREATE INDEX tasks_running ON tasks (worker_id, number) WHERE state = 'running';

CREATE INDEX tasks_suspect ON tasks (number) WHERE state = 'pending' AND is_suspect = 1;
