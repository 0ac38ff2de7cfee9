CREATE TABLE alert_rules (
  type TEXT PRIMARY KEY,
  changes TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE alerts (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  key TEXT NOT NULL,
  type TEXT NOT NULL,
  severity TEXT NOT NULL,
  message TEXT NOT NULL,
  queue TEXT,
  worker_id TEXT,
  name TEXT,
  value REAL NOT NULL,
  threshold REAL NOT NULL,
  count INTEGER NOT NULL,
  seen INTEGER NOT NULL,
  raised_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  acknowledged_at INTEGER,
  cleared_at INTEGER
);

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

CREATE TABLE background_cursors (
  name TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE bulk_operations (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  action TEXT NOT NULL,
  query TEXT NOT NULL,
  priority INTEGER,
  up_to INTEGER NOT NULL,
  state TEXT NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'done', 'cancelled', 'failed')),
  reason TEXT,
  matched INTEGER,
  done INTEGER NOT NULL DEFAULT 0,
  reasons TEXT NOT NULL DEFAULT '{}',
  created_at INTEGER NOT NULL,
  finished_at INTEGER,
  CHECK ((finished_at IS NOT NULL) = (state <> 'running'))
);

CREATE TABLE day_stats (
  day INTEGER NOT NULL,
  queue TEXT NOT NULL,
  stats TEXT NOT NULL,
  PRIMARY KEY (day, queue)
) WITHOUT ROWID;

CREATE TABLE degradations (
  component TEXT PRIMARY KEY,
  mark TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE event_batches (
  last_seq INTEGER PRIMARY KEY,
  first_seq INTEGER NOT NULL,
  events TEXT NOT NULL
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

CREATE TABLE hour_stats (
  hour INTEGER NOT NULL,
  queue TEXT NOT NULL,
  stats TEXT NOT NULL,
  PRIMARY KEY (hour, queue)
) WITHOUT ROWID;

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

CREATE TABLE pause_of_all (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  since INTEGER NOT NULL
);

CREATE TABLE pending_names (
  queue TEXT NOT NULL,
  name TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (queue, name)
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

CREATE TABLE schedule_fires (
  schedule_number INTEGER NOT NULL,
  instant INTEGER NOT NULL,
  PRIMARY KEY (schedule_number, instant)
) WITHOUT ROWID;

CREATE TABLE schedules (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL UNIQUE,
  timing TEXT NOT NULL,
  missed TEXT NOT NULL CHECK (missed IN ('skip', 'once')),
  task TEXT NOT NULL,
  task_name TEXT NOT NULL,
  is_paused INTEGER NOT NULL DEFAULT 0,
  revision INTEGER NOT NULL DEFAULT 1,
  next_fire_at INTEGER,
  last_fire_at INTEGER,
  last_task_id TEXT,
  last_error TEXT,
  fires INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
);

CREATE TABLE state_counts (
  queue TEXT NOT NULL,
  state TEXT NOT NULL,
  count INTEGER NOT NULL CHECK (count >= 0),
  PRIMARY KEY (queue, state)
) WITHOUT ROWID;

CREATE VIRTUAL TABLE task_search USING fts5(
  text, content = '', contentless_delete = 1, tokenize = 'trigram', detail = 'none'
);

CREATE TABLE 'task_search_config'(k PRIMARY KEY, v) WITHOUT ROWID;

CREATE TABLE 'task_search_data'(id INTEGER PRIMARY KEY, block BLOB);

CREATE TABLE 'task_search_docsize'(id INTEGER PRIMARY KEY, sz BLOB, origin INTEGER);

CREATE TABLE 'task_search_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;

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
  result TEXT, is_pause_requested INTEGER NOT NULL DEFAULT 0, checkpoint TEXT, lease_ms INTEGER, blocked_by INTEGER NOT NULL DEFAULT 0
  CHECK (blocked_by = 0 OR state IN ('scheduled', 'paused', 'cancelled')),
  CHECK ((finished_at IS NOT NULL) = (state IN ('succeeded', 'failed', 'timed_out', 'cancelled'))),
  CHECK ((lease_token IS NOT NULL) = (state = 'running'))
);

CREATE TABLE unique_locks (
  key TEXT PRIMARY KEY,
  until INTEGER NOT NULL,
  task_id TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE worker_numbers (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  worker_id TEXT NOT NULL UNIQUE
);

CREATE TABLE workflow_edges (
  parent INTEGER NOT NULL,
  child INTEGER NOT NULL,
  PRIMARY KEY (parent, child)
) WITHOUT ROWID;

CREATE TABLE workflow_nodes (
  task_number INTEGER PRIMARY KEY,
  workflow_number INTEGER NOT NULL,
  position INTEGER NOT NULL,
  key TEXT NOT NULL,
  on_failure TEXT NOT NULL CHECK (on_failure IN ('fail', 'skip')),
  task_id TEXT NOT NULL,
  task_name TEXT NOT NULL,
  gone_state TEXT,
  gone_result TEXT,
  UNIQUE (workflow_number, position)
);

CREATE TABLE workflows (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'succeeded', 'failed', 'cancelled')),
  cause TEXT CHECK (cause IN ('failed', 'cancelled')),
  is_cancel_requested INTEGER NOT NULL DEFAULT 0,
  idempotency_key TEXT,
  total INTEGER NOT NULL CHECK (total > 0),
  succeeded INTEGER NOT NULL DEFAULT 0,
  failed INTEGER NOT NULL DEFAULT 0,
  timed_out INTEGER NOT NULL DEFAULT 0,
  cancelled INTEGER NOT NULL DEFAULT 0,
  skipped INTEGER NOT NULL DEFAULT 0,
  tasks_left INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  finished_at INTEGER,
  CHECK ((finished_at IS NOT NULL) = (state <> 'running')),
  CHECK ((state <> 'running') = (succeeded + failed + timed_out + cancelled = total)),
  CHECK (succeeded + failed + timed_out + cancelled <= total)
);

CREATE INDEX alerts_cleared ON alerts (cleared_at) WHERE cleared_at IS NOT NULL;

CREATE UNIQUE INDEX alerts_open ON alerts (key) WHERE cleared_at IS NULL;

CREATE INDEX schedules_due ON schedules (next_fire_at) WHERE is_paused = 0 AND next_fire_at IS NOT NULL;

CREATE INDEX tasks_by_parent ON tasks (parent_id) WHERE parent_id IS NOT NULL;

CREATE INDEX tasks_by_queue_and_state ON tasks (queue, state, number);

CREATE INDEX tasks_by_replayed ON tasks (replay_of) WHERE replay_of IS NOT NULL;

CREATE INDEX tasks_dead ON tasks (queue, number) WHERE is_dead_letter = 1;

CREATE INDEX tasks_due ON tasks (run_at) WHERE state IN ('scheduled', 'retrying') AND blocked_by = 0;

CREATE INDEX tasks_expiring ON tasks (run_at + queue_timeout_ms) WHERE state = 'pending' AND queue_timeout_ms IS NOT NULL;

CREATE INDEX tasks_ready ON tasks (queue, priority DESC, number) WHERE state = 'pending' AND is_suspect = 0;

CREATE INDEX tasks_running ON tasks (worker_id, number) WHERE state = 'running';

CREATE INDEX tasks_suspect ON tasks (number) WHERE state = 'pending' AND is_suspect = 1;

CREATE INDEX workflow_edges_by_child ON workflow_edges (child);

CREATE INDEX workflows_by_key ON workflows (idempotency_key, number) WHERE idempotency_key IS NOT NULL;

CREATE INDEX workflows_by_state ON workflows (state, number);
