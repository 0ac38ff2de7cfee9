import type { MissedFires, NewSchedule, Schedule, ScheduleTiming } from '../../../shared/domain/schedule.ts'
import { EMPTY_DRAFT, readHiddenDraft, type SubmitDraft } from '../../app/submit/submit-draft.ts'
import { INTERVAL_UNITS, ownTimeZone, splitInterval, type IntervalUnit } from './timing-words.ts'

/** What the form of a schedule holds: text, as typed. */
export interface ScheduleDraft {
  readonly title: string
  readonly kind: ScheduleTiming['kind']
  readonly expression: string
  readonly timeZone: string
  readonly every: string
  readonly unit: IntervalUnit
  readonly missed: MissedFires
  /** Its task; `runAt` is not used. */
  readonly task: SubmitDraft
}

export type ScheduleProblems = Partial<
  Record<'title' | 'expression' | 'timeZone' | 'every' | keyof SubmitDraft, string>
>

export type ScheduleReading =
  | { readonly schedule: NewSchedule & { readonly missed: MissedFires }; readonly problems: null }
  | { readonly schedule: null; readonly problems: ScheduleProblems }

const MAX_NAME_LENGTH = 256
/** The longest interval the broker takes: 366 days. */
const MAX_INTERVAL_MS = 366 * 86_400_000

export function emptySchedule(): ScheduleDraft {
  return {
    title: '',
    kind: 'cron',
    expression: '0 9 * * 1-5',
    timeZone: ownTimeZone(),
    every: '5',
    unit: 'minutes',
    missed: 'once',
    task: EMPTY_DRAFT,
  }
}

/** A schedule as its form shows it. */
export function draftOfSchedule({ name, timing, task, missed }: Schedule): ScheduleDraft {
  const blank = emptySchedule()
  const times =
    timing.kind === 'cron'
      ? { expression: timing.expression, timeZone: timing.timeZone }
      : { every: String(splitInterval(timing.everyMs).count), unit: splitInterval(timing.everyMs).unit }
  return {
    ...blank,
    ...times,
    title: name,
    kind: timing.kind,
    missed,
    task: {
      ...EMPTY_DRAFT,
      name: task.name,
      queue: task.queue ?? '',
      input: hasItems(task.args) && !hasKeys(task.kwargs) ? task.args! : (task.kwargs ?? '{}'),
      priority: task.priority === undefined ? '' : String(task.priority),
      maxRetries: task.maxRetries === undefined ? '' : String(task.maxRetries),
    },
  }
}

/** The timing a draft means; null while it is not complete. Whether it makes sense, the broker says. */
export function readTiming(draft: ScheduleDraft): ScheduleTiming | null {
  if (draft.kind === 'cron') {
    const expression = draft.expression.trim()
    const timeZone = draft.timeZone.trim()
    return expression === '' || timeZone === '' ? null : { kind: 'cron', expression, timeZone }
  }
  const everyMs = readInterval(draft)
  return everyMs === null ? null : { kind: 'interval', everyMs }
}

/**
 * Reads a draft: the schedule it means, or what is wrong with which field.
 * @param before the schedule that is edited: what the form does not show of its task and timing stays.
 * @param readInput puts what is hidden in the input in its place
 */
export function readScheduleDraft(
  draft: ScheduleDraft,
  before: Schedule | null,
  readInput: Parameters<typeof readHiddenDraft>[1] = (text) => ({ text, problem: null }),
): ScheduleReading {
  const name = draft.title.trim()
  const read = readHiddenDraft({ ...draft.task, runAt: '' }, readInput)
  const timing = readTiming(draft)
  const problems: ScheduleProblems = {
    ...read.problems,
    ...(name === '' && { title: 'Say what it is called.' }),
    ...(name.length > MAX_NAME_LENGTH && { title: `At most ${MAX_NAME_LENGTH} characters.` }),
    ...(draft.kind === 'cron' &&
      draft.expression.trim() === '' && { expression: 'Say when, as 0 9 * * 1-5.' }),
    ...(draft.kind === 'cron' &&
      draft.timeZone.trim() === '' && { timeZone: 'Say where, as Europe/Berlin.' }),
    ...(draft.kind === 'interval' && timing === null && { every: 'From 1 second to 366 days.' }),
  }
  if (read.task === null || timing === null || Object.keys(problems).length > 0)
    return { schedule: null, problems }

  const { runAt: _never, ...typed } = read.task
  const { args, kwargs, ...kept } = before?.task ?? {}
  const hadBoth = hasItems(args) && hasKeys(kwargs)
  const task = { ...kept, ...(hadBoth && 'kwargs' in typed ? { args } : {}), ...typed }
  return {
    schedule: { name, timing: keepAnchor(timing, before), task, missed: draft.missed },
    problems: null,
  }
}

/** An interval that was not changed goes on from where it began. */
function keepAnchor(timing: ScheduleTiming, before: Schedule | null): ScheduleTiming {
  const was = before?.timing
  const isSame = was?.kind === 'interval' && timing.kind === 'interval' && was.everyMs === timing.everyMs
  return isSame ? was : timing
}

function readInterval({ every, unit }: ScheduleDraft): number | null {
  const count = every.trim() === '' ? Number.NaN : Number(every)
  const ms = count * INTERVAL_UNITS.find(({ value }) => value === unit)!.ms
  return Number.isInteger(ms) && ms >= 1000 && ms <= MAX_INTERVAL_MS ? ms : null
}

const hasItems = (args: string | undefined) => args !== undefined && !/^\s*\[\s*\]\s*$/.test(args)
const hasKeys = (kwargs: string | undefined) => kwargs !== undefined && !/^\s*\{\s*\}\s*$/.test(kwargs)
