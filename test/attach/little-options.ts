import type { AttachOptions } from '../../src/server/attach/attach-options.ts'
import { systemTime } from '../../src/server/clock.ts'

export const KEY = 'a key that must stay where it belongs'
/** Small, so that what never ends soon has. */
const LIMITS = { totalMs: 400, maxBytes: 1_000_000, idleMs: 400 }

/** Options for attaching to a little server: it is asked once, and must be quick. */
export function littleOptions(address: string): AttachOptions {
  return {
    address,
    apiKey: KEY,
    ...systemTime,
    random: () => 0,
    limits: LIMITS,
    retries: { tries: 1 },
  }
}
