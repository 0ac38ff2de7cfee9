/** What the rules look at, taken from kept numbers. Durations are of the monotonic clock. */
export interface AlertSnapshot {
  /** How long no worker has taken tasks; 0 while one does. */
  readonly withoutWorkersMs: number
  /** Pending tasks by queue. */
  readonly depths: readonly { readonly queue: string; readonly pending: number }[]
  /** Of the last hour. What was cancelled counts as neither. */
  readonly finished: { readonly succeeded: number; readonly unsuccessful: number }
  /** How long each worker that ought to call in has been silent. */
  readonly silences: readonly WorkerSilence[]
  readonly timeouts: readonly TimeoutCount[]
}

export interface WorkerSilence {
  readonly workerId: string
  readonly hostname: string
  readonly silentMs: number
}

/** Tasks of one name in one queue that timed out. */
export interface TimeoutCount {
  readonly queue: string
  readonly name: string
  /** Within the last five minutes. */
  readonly recent: number
  /** Ever; never less than before. */
  readonly total: number
}
