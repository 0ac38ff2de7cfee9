const ADVICE: readonly (readonly [code: RegExp, advice: string])[] = [
  [/^(SQLITE_FULL|ENOSPC|EDQUOT)/, 'The disk is full; make room, or choose another one.'],
  [
    /^(SQLITE_(CANTOPEN|READONLY|PERM)|EACCES|EPERM|EROFS|ENOTDIR|EISDIR)/,
    'Penstock may not write there; check who owns it, or choose another folder.',
  ],
  [/^(SQLITE_IOERR|EIO)/, 'The disk failed; choose another one.'],
]

/**
 * What the system said, after what it means, with what can be done about it where that is known.
 * @returns null for an error that is not the system's.
 */
export function describeSystemError(error: unknown, meaning: string): string | null {
  const code = (error as { code?: unknown } | null)?.code
  if (!(error instanceof Error) || typeof code !== 'string') return null
  const known = ADVICE.find(([pattern]) => pattern.test(code))
  return `${meaning}: ${error.message}.${known === undefined ? '' : ` ${known[1]}`}`
}
