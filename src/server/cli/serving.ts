import type { ListenerInfo } from '../../shared/contract/contract.ts'
import { SetupError } from '../app/setup-error.ts'
import { VERSION } from '../app/version.ts'
import type { LogFileLevel } from '../logs/create-logger.ts'
import type { AttachableName } from '../../shared/domain/connection.ts'

export interface ServeOptions {
  readonly broker?: string
  readonly speaks?: AttachableName
  readonly data?: string
  readonly tasks?: string
  readonly listen: readonly string[]
  readonly apiKey?: string
  readonly cors: readonly string[]
  readonly threads?: number
  readonly pool: readonly string[]
  readonly rateLimit?: number
  readonly logFiles?: LogFileLevel
}

/** An orderly stop that takes longer than this is cut off: whoever asked is waiting. */
const STOP_LIMIT_MS = 4500

/** The key that every caller is asked for; null is none. @throws SetupError for an empty one. */
export function ownKeyOf(options: Pick<ServeOptions, 'apiKey'>): string | null {
  const apiKey = options.apiKey ?? process.env['PENSTOCK_API_KEY'] ?? null
  if (apiKey === '')
    throw new SetupError(
      'The key is empty; set PENSTOCK_API_KEY (or --api-key) to a secret, or leave it out.',
    )
  return apiKey
}

/** One line for each listener, on standard output: whoever started us may go on now. */
export function tellReady(listeners: readonly ListenerInfo[]): void {
  for (const { address, dialects } of listeners)
    process.stdout.write(`Penstock ${VERSION} listening on ${address}/ (${dialects.join(', ')})\n`)
}

/** The first SIGINT, SIGTERM or loss of whoever started us stops in order; the second one at once. */
export function stopWhenAsked(starting: Promise<{ stop(): Promise<void> }>): void {
  let isAsked = false
  function stop(): void {
    if (isAsked) process.exit(130)
    isAsked = true
    setTimeout(() => {
      process.stderr.write('Penstock did not stop in time and is cut off; what was acknowledged is safe.\n')
      process.exit(1)
    }, STOP_LIMIT_MS).unref()
    starting
      .then((app) => app.stop())
      .then(
        () => process.exit(0),
        () => process.exit(1),
      )
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  process.on('SIGHUP', stop)
  process.on('disconnect', stop)
}
