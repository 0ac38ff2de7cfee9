/** Instant as integer milliseconds since 1970, UTC. */
export type EpochMs = number

/** Where time comes from; handed in, so that tests can move it. */
export interface Clock {
  /** Wall time, for what people and schedules see. May jump. */
  now(): EpochMs
  /** Milliseconds that only ever grow, for leases and limits. */
  monotonic(): number
}
