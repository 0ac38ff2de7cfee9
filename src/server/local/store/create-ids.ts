import { randomFillSync } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import type { EpochMs } from '../../../shared/domain/clock.ts'

const MAX_SEQ = 0x7fff_ffff
/** Of one id. */
const RANDOM_BYTES = 16
const IDS_A_FILL = 256

/**
 * UUIDv7s that only ever grow, also inside one millisecond and when the clock goes back: the order of
 * ids is the order of submits.
 * @param random in [0, 1); where the count inside a millisecond begins.
 */
export function createIds(random: () => number): (now: EpochMs) => string {
  let msecs = 0
  let seq = 0
  const pool = new Uint8Array(RANDOM_BYTES * IDS_A_FILL)
  let used = pool.length

  /** One call of the system for many ids: it costs as much as the rest of a submit. */
  function nextRandom(): Uint8Array {
    if (used === pool.length) {
      randomFillSync(pool)
      used = 0
    }
    used += RANDOM_BYTES
    return pool.subarray(used - RANDOM_BYTES, used)
  }

  return (now) => {
    if (now > msecs) {
      msecs = now
      seq = Math.floor(random() * (MAX_SEQ / 2))
    } else {
      seq += 1
      if (seq > MAX_SEQ) {
        msecs += 1
        seq = 0
      }
    }
    return uuidv7({ msecs, seq, random: nextRandom() })
  }
}
