/** One field of a cron expression, as far as it can be told in a few words. */
type Field =
  | { readonly kind: 'any' }
  | { readonly kind: 'step'; readonly step: number; readonly from: number }
  | { readonly kind: 'range'; readonly from: number; readonly to: number }
  | { readonly kind: 'values'; readonly values: readonly number[] }

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const

const NICKNAMES: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
}

/** More clock times than this are a list nobody reads. */
const MOST_TIMES = 6

/**
 * A cron expression in words: `At 09:00 on weekdays`. Null where a few words would not do it justice, or
 * where it is no cron expression; the next instants say it better then.
 */
export function describeCron(expression: string): string | null {
  const text = expression.trim()
  const parts = (NICKNAMES[text.toLowerCase()] ?? text).split(/\s+/)
  if (parts.length < 5 || parts.length > 6) return null
  const seconds = parts.length === 6 ? parts[0]! : '0'
  const [minute, hour, day, month, weekday] = parts.slice(-5) as [string, string, string, string, string]
  const fields = {
    second: readField(seconds, 0, 59),
    minute: readField(minute, 0, 59),
    hour: readField(hour, 0, 23),
    day: readField(day, 1, 31),
    month: readField(month, 1, 12, MONTHS),
    weekday: readField(weekday, 0, 7, DAYS),
  }
  const { second, minute: minutes, hour: hours } = fields
  if (fields.day === null || fields.month === null || fields.weekday === null) return null
  if (second === null || minutes === null || hours === null) return null
  const time = describeSeconds(second, minutes, hours) ?? describeTime(minutes, hours, second)
  const date = describeDate(fields.day, fields.month, fields.weekday)
  if (time === null || date === null) return null
  const isOnceADay = time.startsWith('at ') && !time.includes('every')
  const words = date === '' && isOnceADay ? `every day ${time}` : `${time}${date}`
  return `${words[0]!.toUpperCase()}${words.slice(1)}`
}

/** Null for what has no few words: `L`, `W`, `#`, steps inside of lists, values out of range. */
function readField(text: string, least: number, most: number, names: readonly string[] = []): Field | null {
  if (text === '*' || text === '?') return { kind: 'any' }
  const step = /^(?:\*|(\d+)(?:-(\d+))?)\/(\d+)$/.exec(text)
  if (step !== null) {
    const from = step[1] === undefined ? least : Number(step[1])
    const every = Number(step[3])
    const isWhole = step[2] === undefined || Number(step[2]) === most
    return every >= 1 && from >= least && from <= most && isWhole ? { kind: 'step', step: every, from } : null
  }
  const valueOf = (word: string): number | null => {
    const named = names.findIndex((name) => name.slice(0, 3).toLowerCase() === word.toLowerCase())
    const value = named >= 0 ? named + (names === MONTHS ? 1 : 0) : /^\d+$/.test(word) ? Number(word) : NaN
    return value >= least && value <= most ? value : null
  }
  const range = /^(\w+)-(\w+)$/.exec(text)
  if (range !== null) {
    const [from, to] = [valueOf(range[1]!), valueOf(range[2]!)]
    return from === null || to === null || from > to ? null : { kind: 'range', from, to }
  }
  const values = text.split(',').map(valueOf)
  return values.every((value) => value !== null) ? { kind: 'values', values } : null
}

function describeSeconds(second: Field, minute: Field, hour: Field): string | null {
  if (minute.kind !== 'any' || hour.kind !== 'any') return null
  if (second.kind === 'any') return 'every second'
  return second.kind === 'step' && second.from === 0 ? every(second.step, 'second') : null
}

function describeTime(minute: Field, hour: Field, second: Field): string | null {
  if (second.kind !== 'values' || second.values.length !== 1) return null
  const [seconds = 0] = second.values
  const past = seconds === 0 ? '' : `, ${seconds} s past the minute`
  if (minute.kind === 'range') return null
  if (minute.kind === 'values' && hour.kind === 'values') {
    const times = hour.values.flatMap((hours) =>
      minute.values.map((minutes) => clock(hours, minutes, seconds)),
    )
    return times.length > MOST_TIMES ? null : `at ${list(times)}`
  }
  const within = describeHours(hour)
  if (within === null) return null
  if (minute.kind === 'any') return `every minute${within}${past}`
  if (minute.kind === 'step')
    return `${every(minute.step, 'minute')}${minute.from === 0 ? '' : ` from minute ${minute.from}`}${within}${past}`
  const hourly = hour.kind === 'step' ? every(hour.step, 'hour') : 'every hour'
  const during = hour.kind === 'step' ? (hour.from === 0 ? '' : ` from ${clock(hour.from, 0)}`) : within
  const isOnTheHour = minute.values.length === 1 && minute.values[0] === 0
  return `${hourly}${during}${isOnTheHour ? '' : ` at minute ${list(minute.values.map(String))}`}${past}`
}

function describeHours(hour: Field): string | null {
  switch (hour.kind) {
    case 'any':
      return ''
    case 'range':
      return ` from ${clock(hour.from, 0)} to ${clock(hour.to, 59)}`
    case 'values':
      return hour.values.length > MOST_TIMES
        ? null
        : ` in the hour${hour.values.length > 1 ? 's' : ''} from ${list(hour.values.map((at) => clock(at, 0)))}`
    case 'step':
      return ` in every ${ordinal(hour.step)} hour`
  }
}

function describeDate(day: Field, month: Field, weekday: Field): string | null {
  const days = describeDays(day)
  const weekdays = describeWeekdays(weekday)
  const months = describeMonths(month)
  if (days === null || weekdays === null || months === null) return null
  // Cron means either of the two where both are restricted.
  const when = days !== '' && weekdays !== '' ? `${days}, and also${weekdays}` : days + weekdays
  return when + months
}

function describeDays(day: Field): string | null {
  if (day.kind === 'any') return ''
  if (day.kind === 'step') return day.from === 1 ? ` on every ${ordinal(day.step)} day of the month` : null
  if (day.kind === 'range') return ` from the ${ordinal(day.from)} to the ${ordinal(day.to)}`
  return ` on the ${list(day.values.map(ordinal))}`
}

function describeWeekdays(weekday: Field): string | null {
  const name = (value: number) => DAYS[value % 7]!
  if (weekday.kind === 'any') return ''
  if (weekday.kind === 'step') return null
  if (weekday.kind === 'range') {
    if (weekday.from === 1 && weekday.to === 5) return ' on weekdays'
    return ` from ${name(weekday.from)} to ${name(weekday.to)}`
  }
  return ` on ${list(weekday.values.map(name))}`
}

function describeMonths(month: Field): string | null {
  const name = (value: number) => MONTHS[value - 1]!
  if (month.kind === 'any') return ''
  if (month.kind === 'step') return month.from === 1 ? ` in every ${ordinal(month.step)} month` : null
  if (month.kind === 'range') return ` from ${name(month.from)} to ${name(month.to)}`
  return ` in ${list(month.values.map(name))}`
}

const every = (count: number, unit: string) => (count === 1 ? `every ${unit}` : `every ${count} ${unit}s`)

const two = (value: number) => String(value).padStart(2, '0')
const clock = (hours: number, minutes: number, seconds = 0) =>
  `${two(hours)}:${two(minutes)}${seconds === 0 ? '' : `:${two(seconds)}`}`

function ordinal(value: number): string {
  const tens = value % 100
  const unit = tens >= 11 && tens <= 13 ? 0 : value % 10
  return `${value}${['th', 'st', 'nd', 'rd'][unit] ?? 'th'}`
}

const list = (words: readonly string[]) =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
