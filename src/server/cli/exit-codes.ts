import { isBrokerError } from '../../shared/domain/errors.ts'
import { isAttachError } from '../attach/attach-error.ts'

/** What every command ends with; docs/cli.md has them for scripts. */
export const EXIT = {
  ok: 0,
  /** It was refused, or went wrong. */
  failed: 1,
  /** It was not understood: an unknown option, a wrong value, a confirmation that is missing. */
  usage: 2,
  /** What it names is not there. */
  notFound: 3,
  /** The broker cannot be reached, or is none. */
  unreachable: 4,
  /** The broker wants another key, or the connection is read-only. */
  refused: 5,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** A command that cannot be done as it was asked for. The message says what to do. */
export class CommandError extends Error {
  readonly exitCode: ExitCode

  constructor(message: string, exitCode: ExitCode = EXIT.usage) {
    super(message)
    this.name = 'CommandError'
    this.exitCode = exitCode
  }
}

/** Null for a bug, which wants its stack. */
export function exitCodeOf(error: unknown): ExitCode | null {
  if (error instanceof CommandError) return error.exitCode
  if (isAttachError(error)) return error.problem === 'refused' ? EXIT.refused : EXIT.unreachable
  if (!isBrokerError(error)) return null
  if (error.code.endsWith('_NOT_FOUND')) return EXIT.notFound
  if (error.code === 'UNAUTHORIZED' || error.code === 'FORBIDDEN') return EXIT.refused
  if (error.code === 'INVALID_REQUEST') return EXIT.usage
  return EXIT.failed
}
