/**
 * Alerts, open ones and those of the past, what the rules were changed to, and marks of ailing
 * components. `alerts_open` also promises that nothing is raised twice.
 */
export const alerts = `
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
CREATE UNIQUE INDEX alerts_open ON alerts (key) WHERE cleared_at IS NULL;
CREATE INDEX alerts_cleared ON alerts (cleared_at) WHERE cleared_at IS NOT NULL;
CREATE TABLE alert_rules (
  type TEXT PRIMARY KEY,
  changes TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE degradations (
  component TEXT PRIMARY KEY,
  mark TEXT NOT NULL
) WITHOUT ROWID;
`
