/**
 * Full text, filled in the background: `task_search` holds only which three-letter pieces a task has, by
 * task number, so that it costs little to fill; whether a text really is there is read from the task.
 * Chart figures of hours (since 1970, UTC) and days, summed from the minutes. `background_cursors` tells how
 * far the jobs that fill them have come. Bulk operations, with how far each has come.
 */
export const searchAndRollups = `
CREATE VIRTUAL TABLE task_search USING fts5(
  text, content = '', contentless_delete = 1, tokenize = 'trigram', detail = 'none'
);
CREATE TABLE hour_stats (
  hour INTEGER NOT NULL,
  queue TEXT NOT NULL,
  stats TEXT NOT NULL,
  PRIMARY KEY (hour, queue)
) WITHOUT ROWID;
CREATE TABLE day_stats (
  day INTEGER NOT NULL,
  queue TEXT NOT NULL,
  stats TEXT NOT NULL,
  PRIMARY KEY (day, queue)
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
`
