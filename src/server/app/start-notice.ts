/** What happened at a start, in words. A success went as it was asked for, and leaves nothing to do. */
export interface StartNotice {
  readonly tone: 'success' | 'failure'
  readonly message: string
}

/** Told, in words, of what may keep a start waiting for long. */
export type OnWait = (message: string) => void
