import * as z from 'zod'

const WARN = 40
const LEVEL_NAMES: Readonly<Record<number, string>> = { 40: 'warn', 50: 'error', 60: 'fatal' }

const logLine = z.object({
  level: z.number(),
  time: z.number().min(0).max(8.64e15),
  msg: z.string().default(''),
  err: z.object({ type: z.string().default('Error'), message: z.string().default('') }).optional(),
})

/**
 * A warning or worse of the log, for strangers: when, what, and the kind of error. Messages of errors and of
 * task files quote inputs and code, so they are left out. Null for any other line.
 */
export function describeLogLine(line: string): string | null {
  const parsed = logLine.safeParse(parse(line))
  if (!parsed.success || parsed.data.level < WARN) return null
  const { level, time, msg, err } = parsed.data
  const isQuote = err !== undefined && err.message !== '' && msg.includes(err.message)
  const what = isQuote ? '' : ` ${withoutCode(msg)}`
  const kind = err === undefined ? '' : ` [${err.type.slice(0, 80)}]`
  return `${new Date(time).toISOString()} ${LEVEL_NAMES[level] ?? level}${what}${kind}`
}

function withoutCode(msg: string): string {
  const file = /^Task file (?<file>[^:]+(?::\\[^:]+)?):/.exec(msg)?.groups?.['file']
  return file === undefined ? msg.split('\n')[0]!.slice(0, 500) : `Task file ${file} could not be loaded`
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    // Half a line, as a full disk leaves it.
    return null
  }
}
