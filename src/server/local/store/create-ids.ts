import { v7 as uuidv7 } from 'uuid'
import type { EpochMs } from '../../../shared/domain/clock.ts'

const MAX_SEQ = 0x7fff_ffff

/**
 * UUIDv7s that only ever grow, also inside one millisecond and when the clock goes back: the order of
 * ids is the order of submits.
 * @param random in [0, 1); where the count inside a millisecond begins.
 */
export function createIds(random: () => number): (now: EpochMs) => string {
  let msecs = 0
  let seq = 0
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
    return uuidv7({ msecs, seq })
  }
}
