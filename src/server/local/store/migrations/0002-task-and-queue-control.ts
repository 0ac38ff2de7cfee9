/**
 * Pausing a running task, what its handler saved, waiting limits, and the settings of a queue.
 * `tasks_expiring` holds only tasks that have a waiting limit.
 */
export const taskAndQueueControl = `
ALTER TABLE tasks ADD COLUMN is_pause_requested INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tasks ADD COLUMN checkpoint TEXT;
ALTER TABLE queues ADD COLUMN settings TEXT;
CREATE TABLE pending_names (
  queue TEXT NOT NULL,
  name TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (queue, name)
) WITHOUT ROWID;
CREATE INDEX tasks_expiring ON tasks (run_at + queue_timeout_ms) WHERE state = 'pending' AND queue_timeout_ms IS NOT NULL;
`
