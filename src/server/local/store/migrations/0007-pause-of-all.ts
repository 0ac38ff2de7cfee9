/**
 * Everything is paused at once: a queue that begins meanwhile is paused too. One row while it lasts, else
 * none.
 */
export const pauseOfAll = `
CREATE TABLE pause_of_all (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  since INTEGER NOT NULL
);
`
