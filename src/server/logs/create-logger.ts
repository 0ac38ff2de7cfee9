import { type Level, multistream, pino, type Logger, type StreamEntry } from 'pino'
import { logsFolderIn } from './log-files.ts'
import { createRotatingFile } from './rotating-file.ts'

/** 25 MB at the most. */
const MAX_BYTES = 5 * 1024 * 1024
const MAX_FILES = 5
const RETRY_AFTER_MS = 30_000

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const
export const LOG_FILE_LEVELS = [...LEVELS, 'off'] as const
export type LogFileLevel = (typeof LOG_FILE_LEVELS)[number]

export interface LoggerOptions {
  /** Null keeps no files. */
  readonly dataFolder: string | null
  /** What standard error gets: a level of pino, or `silent`. */
  readonly level: string
  readonly fileLevel: LogFileLevel
  readonly now: () => number
  readonly monotonic: () => number
}

/** Whether a text names a level of the log files. */
export const isLogFileLevel = (text: string): text is LogFileLevel =>
  (LOG_FILE_LEVELS as readonly string[]).includes(text)

/**
 * The log of a program: JSON lines on standard error, and in files of the data folder that are deleted as
 * new ones come. Files that cannot be written are told of once, on standard error, and change nothing else.
 */
export function createLogger({ dataFolder, level, fileLevel, now, monotonic }: LoggerOptions): Logger {
  const streams: StreamEntry[] = []
  if (level !== 'silent') streams.push({ level: level as Level, stream: pino.destination(2) })
  if (dataFolder !== null && fileLevel !== 'off') {
    const folder = logsFolderIn(dataFolder)
    const file = createRotatingFile({
      folder,
      maxBytes: MAX_BYTES,
      maxFiles: MAX_FILES,
      retryAfterMs: RETRY_AFTER_MS,
      monotonic,
      onFailure: ({ message }) =>
        process.stderr.write(`the log files in ${folder} cannot be written (${message}); all else goes on\n`),
      describeLost: (lines) =>
        `${JSON.stringify({ level: 40, time: now(), msg: `${lines} lines before this one are missing: the log could not be written` })}\n`,
    })
    process.once('exit', () => file.flushSync())
    streams.push({ level: fileLevel, stream: file })
  }
  if (streams.length === 0) return pino({ base: null, level: 'silent' })
  const lowest = LEVELS.find((each) => streams.some((stream) => stream.level === each)) ?? 'info'
  return pino({ base: null, level: lowest }, multistream(streams))
}
