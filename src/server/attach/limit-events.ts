import { AttachError } from './attach-error.ts'

/** 500 events, each with a log line of the greatest length, are a third of this. */
export const DEFAULT_MAX_EVENT_BYTES = 16_777_216

const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d

/**
 * Passes server-sent events through, and fails when one of them is larger than `maxBytes`: whoever decodes
 * them keeps an event until its empty line, which a hostile server never sends.
 */
export function limitEvents(maxBytes = DEFAULT_MAX_EVENT_BYTES): TransformStream<Uint8Array, Uint8Array> {
  let bytes = 0
  let isLineEmpty = true
  return new TransformStream({
    transform(chunk, controller) {
      for (const byte of chunk) {
        bytes += 1
        if (byte === LINE_FEED) {
          if (isLineEmpty) bytes = 0
          isLineEmpty = true
        } else if (byte !== CARRIAGE_RETURN) isLineEmpty = false
        if (bytes > maxBytes)
          throw new AttachError('bad_answer', `The server sends an event of more than ${maxBytes} bytes.`)
      }
      controller.enqueue(chunk)
    },
  })
}
