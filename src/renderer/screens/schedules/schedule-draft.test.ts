import { describe, expect, it } from 'vitest'
import type { JsonText } from '../../../shared/domain/json.ts'
import type { Schedule } from '../../../shared/domain/schedule.ts'
import {
  draftOfSchedule,
  emptySchedule,
  readScheduleDraft,
  readTiming,
  type ScheduleDraft,
} from './schedule-draft.ts'

const draft = (fields: Partial<ScheduleDraft> = {}): ScheduleDraft => ({
  ...emptySchedule(),
  title: 'Nightly report',
  timeZone: 'Europe/Berlin',
  task: { ...emptySchedule().task, name: 'report' },
  ...fields,
})
const json = (value: unknown) => JSON.stringify(value) as JsonText

const SCHEDULE: Schedule = {
  id: '1',
  name: 'Nightly report',
  timing: { kind: 'interval', everyMs: 300_000, anchorAt: 17 },
  missed: 'skip',
  isPaused: false,
  taskName: 'report',
  nextFireAt: null,
  lastFireAt: null,
  lastTaskId: null,
  lastError: null,
  fires: 0,
  createdAt: 0,
  updatedAt: 0,
  task: {
    name: 'report',
    queue: 'reports',
    args: json([1]),
    kwargs: json({ to: 'ada' }),
    timeoutMs: 5000,
    metadata: { team: 'billing' },
  },
}

describe('a draft of a schedule', () => {
  it('becomes a schedule with the task that was typed', () => {
    expect(readScheduleDraft(draft(), null).schedule).toMatchObject({
      name: 'Nightly report',
      timing: { kind: 'cron', expression: '0 9 * * 1-5', timeZone: 'Europe/Berlin' },
      task: { name: 'report', queue: 'default', kwargs: '{}' },
      missed: 'once',
    })
  })

  it('says what is wrong, field by field', () => {
    const { problems } = readScheduleDraft(
      draft({ title: ' ', expression: '', timeZone: '', task: { ...draft().task, name: '', input: '{' } }),
      null,
    )
    expect(Object.keys(problems ?? {}).toSorted()).toEqual([
      'expression',
      'input',
      'name',
      'timeZone',
      'title',
    ])
  })

  it.each([
    ['5', 'minutes', 300_000],
    ['0.5', 'hours', 1_800_000],
    ['0', 'seconds', null],
    ['', 'seconds', null],
    ['-1', 'days', null],
    ['367', 'days', null],
    ['soon', 'days', null],
  ] as const)('of every %s %s is an interval of %s ms', (every, unit, everyMs) => {
    const timing = readTiming(draft({ kind: 'interval', every, unit }))
    expect(timing).toEqual(everyMs === null ? null : { kind: 'interval', everyMs })
  })
})

describe('a schedule that is edited', () => {
  it('keeps what the form does not show: where it began, its list, its timeout, its tags', () => {
    const edited = { ...draftOfSchedule(SCHEDULE), title: 'Renamed' }
    expect(readScheduleDraft(edited, SCHEDULE).schedule).toEqual({
      name: 'Renamed',
      timing: SCHEDULE.timing,
      missed: 'skip',
      task: { ...SCHEDULE.task, priority: undefined, maxRetries: undefined },
    })
  })

  it('counts anew when its interval was changed', () => {
    const edited = { ...draftOfSchedule(SCHEDULE), every: '10' }
    expect(readScheduleDraft(edited, SCHEDULE).schedule?.timing).toEqual({
      kind: 'interval',
      everyMs: 600_000,
    })
  })
})
