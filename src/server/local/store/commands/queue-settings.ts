import type { EpochMs } from '../../../../shared/domain/clock.ts'
import { queueNotFound } from '../../../../shared/domain/errors.ts'
import { DEFAULT_QUEUE_SETTINGS, type QueueSettings } from '../../../../shared/domain/queue-settings.ts'
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

/** A queue exists from the first task or setting that names it. */
export function prepareEnsureQueue({ db }: CommandContext): (name: string, now: EpochMs) => QueueSettings {
  const insert = db.prepare('INSERT INTO queues (name, created_at) VALUES (?, ?)')
  const find = prepareFindSettings({ db })
  return (name, now) => {
    const found = find(name)
    if (found === null) insert.run(name, now)
    return found?.settings ?? DEFAULT_QUEUE_SETTINGS
  }
}

export function prepareQueueSettings(context: CommandContext) {
  const { db, record } = context
  const find = prepareFindSettings(context)
  const ensure = prepareEnsureQueue(context)
  const setPaused = db.prepare('UPDATE queues SET is_paused = ? WHERE name = ?')
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
      const type = isPaused ? 'queue.paused' : 'queue.resumed'
      record.event({ type, at: now, taskId: null, queue, workerId: null, data: {} })
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
