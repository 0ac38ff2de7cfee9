import type { EpochMs } from '../../shared/domain/clock.ts'
import { BrokerError } from '../../shared/domain/errors.ts'
import { type JsonText, toJsonText } from '../../shared/domain/json.ts'
import { MAX_EPOCH_MS } from '../../shared/domain/limits.ts'
import { isoInstant } from '../dialects/instant.ts'

/**
 * An instant as ISO 8601 text, in JSON; undefined stays undefined.
 * @param path of the field, for the refusal.
 * @throws INVALID_REQUEST for what is no instant, or later than any that may be given.
 */
export function instantField(path: string, at: EpochMs | undefined): JsonText | undefined {
  if (at === undefined) return undefined
  if (Number.isInteger(at) && at >= 0 && at <= MAX_EPOCH_MS) return toJsonText(isoInstant(at))
  throw new BrokerError('INVALID_REQUEST', `'${path}' must be an instant, in milliseconds since 1970.`, {
    path,
  })
}
