import { isAttachError } from '../../src/server/attach/attach-error.ts'
import type { AttachOptions } from '../../src/server/attach/attach-options.ts'
import { systemTime } from '../../src/server/clock.ts'

export const KEY = 'a key that must stay where it belongs'
/** Small, so that what never ends soon has; with the usual time, for whoever answers well may be slow. */
const LIMITS = { maxBytes: 1_000_000 }
const IMPATIENT_MS = 400

/** Options for attaching to a little server: it is asked once. */
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

/** The same for a server that comes to an end by the limits of time alone: they are over soon. */
export function impatientOptions(address: string): AttachOptions {
  return {
    ...littleOptions(address),
    limits: { ...LIMITS, totalMs: IMPATIENT_MS, idleMs: IMPATIENT_MS },
  }
}

/**
 * Attaches to a server that answers well, with hardly any patience: as often as it takes, for a machine that is
 * busy with other things may be away for longer than that.
 */
export async function attachImpatiently<Attached>(
  attach: (options: AttachOptions) => Promise<Attached>,
  options: AttachOptions,
): Promise<Attached> {
  for (;;)
    try {
      return await attach(options)
    } catch (error) {
      if (!isAttachError(error, 'unreachable')) throw error
    }
}
