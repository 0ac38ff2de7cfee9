import type { EpochMs } from '../../../../shared/domain/clock.ts'
import { queueNotFound } from '../../../../shared/domain/errors.ts'
import { DEFAULT_QUEUE_SETTINGS, type QueueSettings } from '../../../../shared/domain/queue-settings.ts'
import type { NewEvent } from '../event-log.ts'
import type { CommandContext } from './command-context.ts'

export interface KeptSettings {
  readonly isPaused: boolean
  readonly settings: QueueSettings
}

export function parseSettings(text: string | null): QueueSettings {
  return text === null
    ? DEFAULT_QUEUE_SETTINGS
    : { ...DEFAULT_QUEUE_SETTINGS, ...(JSON.parse(text) as QueueSettings) }
}

/** What is set for a queue, read inside the transaction that asks; null for a queue nobody has named. */
export function prepareFindSettings({
  db,
}: Pick<CommandContext, 'db'>): (queue: string) => KeptSettings | null {
  const find = db.prepare<[string], { is_paused: number; settings: string | null }>(
    'SELECT is_paused, settings FROM queues WHERE name = ?',
  )
  return (queue) => {
    const row = find.get(queue)
    return row === undefined ? null : { isPaused: row.is_paused === 1, settings: parseSettings(row.settings) }
  }
}

/** A queue exists from the first task or setting that names it; paused, while everything is. */
export function prepareEnsureQueue({
  db,
  record,
}: CommandContext): (name: string, now: EpochMs) => QueueSettings {
  const insert = db
    .prepare<[string, EpochMs], number>(
      `INSERT INTO queues (name, created_at, is_paused) VALUES (?, ?, EXISTS (SELECT 1 FROM pause_of_all))
       RETURNING is_paused`,
    )
    .pluck()
  const find = prepareFindSettings({ db })
  return (name, now) => {
    const found = find(name)
    if (found !== null) return found.settings
    if (insert.get(name, now) === 1) record.event(pauseEvent(name, true, now))
    return DEFAULT_QUEUE_SETTINGS
  }
}

function pauseEvent(queue: string, isPaused: boolean, at: EpochMs): NewEvent {
  const type = isPaused ? 'queue.paused' : 'queue.resumed'
  return { type, at, taskId: null, queue, workerId: null, data: {} }
}

export function prepareQueueSettings(context: CommandContext) {
  const { db, record } = context
  const find = prepareFindSettings(context)
  const ensure = prepareEnsureQueue(context)
  const setPaused = db.prepare('UPDATE queues SET is_paused = ? WHERE name = ?')
  const pausedOtherwise = db.prepare<[number], string>('SELECT name FROM queues WHERE is_paused <> ?').pluck()
  const pauseAll = db.prepare('INSERT INTO pause_of_all (one, since) VALUES (1, ?) ON CONFLICT DO NOTHING')
  const resumeAll = db.prepare('DELETE FROM pause_of_all')
  const forgetPauseOfAll = db.prepare(
    'DELETE FROM pause_of_all WHERE NOT EXISTS (SELECT 1 FROM queues WHERE is_paused = 1)',
  )
  const setSettings = db.prepare('UPDATE queues SET settings = ? WHERE name = ?')
  return {
    /** Throws QUEUE_NOT_FOUND. Setting what is set already changes nothing and makes no event. */
    setQueuePaused(request: {
      readonly queue: string
      readonly isPaused: boolean
      readonly now: EpochMs
    }): void {
      const { queue, isPaused, now } = request
      const found = find(queue)
      if (found === null) throw queueNotFound(queue)
      if (found.isPaused === isPaused) return
      setPaused.run(isPaused ? 1 : 0, queue)
      record.event(pauseEvent(queue, isPaused, now))
      // With the last queue resumed by hand nothing is left that would show why a new one begins paused.
      if (!isPaused) forgetPauseOfAll.run()
    },
    /**
     * Pauses every queue there is, and every one that begins before all are resumed; or resumes all.
     * @returns how many queues changed
     */
    setAllPaused({ isPaused, now }: { readonly isPaused: boolean; readonly now: EpochMs }): number {
      const flag = isPaused ? 1 : 0
      const queues = pausedOtherwise.all(flag)
      for (const queue of queues) {
        setPaused.run(flag, queue)
        record.event(pauseEvent(queue, isPaused, now))
      }
      if (isPaused) pauseAll.run(now)
      else resumeAll.run()
      return queues.length
    },
    updateQueue(request: {
      readonly queue: string
      readonly changes: Partial<QueueSettings>
      readonly now: EpochMs
    }): void {
      const settings = ensure(request.queue, request.now)
      const given = Object.fromEntries(
        Object.entries(request.changes).filter(([, value]) => value !== undefined),
      )
      setSettings.run(JSON.stringify({ ...settings, ...given }), request.queue)
    },
  }
}
