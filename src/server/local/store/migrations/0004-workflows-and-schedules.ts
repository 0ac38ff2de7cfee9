/**
 * Workflows: a node is a task from the start, held back by `blocked_by` (decision 0006). The CHECK is
 * the last guard: a task that waits for parents cannot become pending or running by any way. What is
 * held back never becomes due, so it is not in `tasks_due`.
 *
 * Schedules: `schedule_fires` holds the instants that have been dealt with, so that none fires twice.
 */
export const workflowsAndSchedules = `
ALTER TABLE tasks ADD COLUMN blocked_by INTEGER NOT NULL DEFAULT 0
  CHECK (blocked_by = 0 OR state IN ('scheduled', 'paused', 'cancelled'));
DROP INDEX tasks_due;
CREATE INDEX tasks_due ON tasks (run_at) WHERE state IN ('scheduled', 'retrying') AND blocked_by = 0;

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
CREATE INDEX workflows_by_state ON workflows (state, number);
CREATE INDEX workflows_by_key ON workflows (idempotency_key, number) WHERE idempotency_key IS NOT NULL;

-- gone_state and gone_result stand for a task that has been deleted: what it came to, and while a child
-- may still ask, its result.
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
-- Both ends are task numbers.
CREATE TABLE workflow_edges (
  parent INTEGER NOT NULL,
  child INTEGER NOT NULL,
  PRIMARY KEY (parent, child)
) WITHOUT ROWID;
CREATE INDEX workflow_edges_by_child ON workflow_edges (child);

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
CREATE INDEX schedules_due ON schedules (next_fire_at) WHERE is_paused = 0 AND next_fire_at IS NOT NULL;
CREATE TABLE schedule_fires (
  schedule_number INTEGER NOT NULL,
  instant INTEGER NOT NULL,
  PRIMARY KEY (schedule_number, instant)
) WITHOUT ROWID;
`
