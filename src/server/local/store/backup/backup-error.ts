/** A backup or a restore that cannot be done as it was asked. The message is for people, and says what to do. */
export class BackupError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'BackupError'
  }
}

const ADVICE: readonly (readonly [code: RegExp, advice: string])[] = [
  [/^(SQLITE_FULL|ENOSPC|EDQUOT)/, 'The disk is full; make room, or choose another one.'],
  [
    /^(SQLITE_(CANTOPEN|READONLY|PERM)|EACCES|EPERM|EROFS|ENOTDIR|EISDIR)/,
    'Penstock may not write there; check who owns it, or choose another folder.',
  ],
  [/^(SQLITE_IOERR|EIO)/, 'The disk failed; choose another one.'],
]

/** What the system said about a place, with what can be done about it. Anything else is a bug, and stays as it is. */
export function toBackupError(error: unknown, place: string): unknown {
  const code = (error as { code?: unknown } | null)?.code
  if (error instanceof BackupError || !(error instanceof Error) || typeof code !== 'string') return error
  const known = ADVICE.find(([pattern]) => pattern.test(code))
  return new BackupError(`${place}: ${error.message}.${known === undefined ? '' : ` ${known[1]}`}`, {
    cause: error,
  })
}
