/** A database whose bytes are no database, or not a whole one. Whoever throws it has not changed the file. */
export class DamagedDatabaseError extends Error {
  /** What SQLite, or the file's first bytes, said. */
  readonly reason: string

  constructor(file: string, reason: string) {
    super(
      `The database ${file} is damaged (${reason}). Check the disk, or choose another folder with --data.`,
    )
    this.name = 'DamagedDatabaseError'
    this.reason = reason
  }
}

/** A database that may be in order, but cannot be used now. It is never moved aside for that. */
class UnusableDatabaseError extends Error {
  constructor(file: string, reason: string, advice: string) {
    super(`The database ${file} cannot be opened (${reason}); it was left as it is. ${advice}`)
    this.name = 'UnusableDatabaseError'
  }
}

const ADVICE: readonly (readonly [code: RegExp, advice: string])[] = [
  [/^SQLITE_BUSY/, 'Another program has it open; close that one first.'],
  [/^(SQLITE_FULL|ENOSPC|EDQUOT)/, 'The disk is full; make room first.'],
  [
    /^(SQLITE_(CANTOPEN|READONLY|PERM|AUTH)|EACCES|EPERM|EROFS|EISDIR|ENOTDIR)/,
    'Penstock must be able to write in its data folder; check who owns it, or choose another one with --data.',
  ],
  [/^(SQLITE_IOERR|EIO)/, 'The disk failed to read or write; check it, and keep a copy of the folder.'],
]

const codeOf = (error: unknown) => {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : ''
}

/** Whether an error says that the bytes of the database are wrong, as opposed to out of reach. */
export function isDamage(error: unknown): boolean {
  return error instanceof DamagedDatabaseError || /^SQLITE_(NOTADB|CORRUPT)/.test(codeOf(error))
}

/** The same error, or one for people where the system's own says nothing to them. */
export function forPeople(error: unknown, file: string): unknown {
  if (error instanceof DamagedDatabaseError) return error
  const message = error instanceof Error ? error.message : String(error)
  if (isDamage(error)) return new DamagedDatabaseError(file, message)
  const code = codeOf(error)
  const known = ADVICE.find(([pattern]) => pattern.test(code))
  return known === undefined ? error : new UnusableDatabaseError(file, `${code}: ${message}`, known[1])
}
