import type { Logger } from 'pino'
import { systemClock } from '../clock.ts'
import { createLogger, isLogFileLevel, LOG_FILE_LEVELS } from '../logs/create-logger.ts'
import { SetupError } from './setup-error.ts'

const STDERR_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']

/**
 * The log of a program as its environment has it: `PENSTOCK_LOG_LEVEL` for standard error,
 * `PENSTOCK_LOG_FILES` for the files, unless `fileLevel` is given. What ends the process unasked is in it.
 * @param dataFolder null keeps no files. @throws SetupError for a level that is none.
 */
export function programLogger(dataFolder: string | null, fileLevel?: string): Logger {
  const level = process.env['PENSTOCK_LOG_LEVEL'] || 'info'
  if (!STDERR_LEVELS.includes(level))
    throw new SetupError(`PENSTOCK_LOG_LEVEL is '${level}'; choose from ${STDERR_LEVELS.join(', ')}.`)
  const files = fileLevel ?? (process.env['PENSTOCK_LOG_FILES'] || 'info')
  if (!isLogFileLevel(files))
    throw new SetupError(`PENSTOCK_LOG_FILES is '${files}'; choose from ${LOG_FILE_LEVELS.join(', ')}.`)
  const { now, monotonic } = systemClock
  const logger = createLogger({ dataFolder, level, fileLevel: files, now, monotonic })
  tellUnaskedEnd(logger)
  return logger
}

let lastLogger: Logger | null = null

/** Once, in the newest log: a program that starts its engine again and again has one for each try. */
function tellUnaskedEnd(logger: Logger): void {
  if (lastLogger === null)
    process.on('uncaughtExceptionMonitor', (error) => lastLogger?.fatal({ err: error }, 'ends unasked'))
  lastLogger = logger
}
