import { DEFAULT_MAX_EVENT_BYTES, limitEvents } from './limit-events.ts'

/** One server-sent event. */
export interface RemoteEvent {
  /** The last one that was sent, for `Last-Event-ID`; null before the first. */
  readonly id: string | null
  /** `message` when it was not named. */
  readonly name: string
  readonly data: string
}

/**
 * Reads server-sent events from a body, as the standard of HTML words it: lines end with LF, CR LF or CR,
 * comments and unknown fields are passed over, an event without data is none, and what has not ended with
 * an empty line when the body ends is dropped. Leaving the iteration ends the request.
 * @throws AttachError for an event larger than `maxEventBytes`, or when the body fails.
 */
export async function* readRemoteEvents(
  body: ReadableStream<Uint8Array>,
  maxEventBytes = DEFAULT_MAX_EVENT_BYTES,
): AsyncGenerator<RemoteEvent, void, void> {
  for await (const events of readRemoteEventBatches(body, maxEventBytes)) yield* events
}

/** As {@link readRemoteEvents}; those that ended in one chunk of the body come together. */
export async function* readRemoteEventBatches(
  body: ReadableStream<Uint8Array>,
  maxEventBytes = DEFAULT_MAX_EVENT_BYTES,
): AsyncGenerator<readonly RemoteEvent[], void, void> {
  let id: string | null = null
  let name = ''
  let data: string[] = []
  for await (const lines of linesOf(body.pipeThrough(limitEvents(maxEventBytes)))) {
    const events: RemoteEvent[] = []
    for (const line of lines) {
      if (line === '') {
        if (data.length > 0) events.push({ id, name: name === '' ? 'message' : name, data: data.join('\n') })
        name = ''
        data = []
        continue
      }
      const colon = line.indexOf(':')
      const field = colon === -1 ? line : line.slice(0, colon)
      const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '')
      if (field === 'data') data.push(value)
      else if (field === 'event') name = value
      else if (field === 'id' && !value.includes('\0')) id = value
    }
    if (events.length > 0) yield events
  }
}

/** The lines that ended in each chunk. */
async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<readonly string[], void, void> {
  const decoder = new TextDecoder()
  let rest = ''
  let mayContinueBreak = false
  for await (const chunk of body) {
    let text = decoder.decode(chunk, { stream: true })
    if (text === '') continue
    // The other half of a CR LF, whose CR ended a line already.
    if (mayContinueBreak && text.startsWith('\n')) text = text.slice(1)
    mayContinueBreak = text.endsWith('\r')
    // Only what is new is looked at: a line may come byte by byte.
    const [first, ...lines] = text.split(/\r\n|\n|\r/)
    rest += first!
    if (lines.length === 0) continue
    const ended = [rest, ...lines.slice(0, -1)]
    rest = lines.at(-1)!
    yield ended
  }
}
