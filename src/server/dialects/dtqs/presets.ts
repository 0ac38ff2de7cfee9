import type { EpochMs } from '../../../shared/domain/clock.ts'
import type { TaskQuery } from '../../../shared/domain/task-query.ts'
import { HttpRefusal } from '../../http/refusal.ts'
import { fromDtqsState } from './states.ts'

interface Preset {
  readonly name: string
  readonly description: string
  toQuery(now: EpochMs): TaskQuery
}

const HOUR_MS = 3_600_000
const HIGH_PRIORITY = 8
/** `retry_count` of 3 and more. */
const MANY_STARTS = 4

/** The documented three, and three that the system behind the document has. */
const PRESETS: readonly Preset[] = [
  {
    name: 'failed_today',
    description: 'Tasks failed in last 24 hours',
    toQuery: (now) => ({ states: fromDtqsState('FAILED'), finishedAfter: now - 24 * HOUR_MS }),
  },
  {
    name: 'high_priority_pending',
    description: 'Priority 8+ PENDING tasks',
    toQuery: () => ({ states: fromDtqsState('PENDING'), minPriority: HIGH_PRIORITY }),
  },
  {
    name: 'stuck_tasks',
    description: 'RUNNING for more than 1 hour',
    toQuery: (now) => ({ states: fromDtqsState('RUNNING'), startedBefore: now - HOUR_MS }),
  },
  {
    name: 'recently_completed',
    description: 'COMPLETED in last hour',
    toQuery: (now) => ({ states: fromDtqsState('COMPLETED'), finishedAfter: now - HOUR_MS }),
  },
  {
    name: 'never_retried',
    description: 'Tasks without a retry',
    toQuery: () => ({ maxAttempt: 1 }),
  },
  {
    name: 'many_retries',
    description: 'Tasks retried 3 times or more',
    toQuery: () => ({ minAttempt: MANY_STARTS }),
  },
]

export const toPresetList = () => ({
  presets: PRESETS.map(({ name, description }) => ({ name, description })),
})

/** @throws HttpRefusal 404 naming those there are. */
export function findPreset(name: string): Preset {
  const preset = PRESETS.find((each) => each.name === name)
  if (preset !== undefined) return preset
  throw new HttpRefusal({
    status: 404,
    code: 'PRESET_NOT_FOUND',
    message: `Preset '${name}' not found; there are ${PRESETS.map((each) => each.name).join(', ')}.`,
  })
}
