/** One frame of a stream of server-sent events, as an EventSource would understand it. */
export interface Frame {
  readonly event: string | null
  readonly id: string | null
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look into data of every shape
  readonly data: any
}

export interface EventReader extends AsyncDisposable {
  readonly status: number
  readonly headers: Headers
  /** The next frame; null when the server has ended the stream. Comments are skipped. */
  next(): Promise<Frame | null>
  /** Frames until one that `accept`s, that one included. @throws Error when the stream ends before. */
  until(accept: (frame: Frame) => boolean): Promise<readonly Frame[]>
  /** Every frame until the server ends the stream. */
  rest(): Promise<readonly Frame[]>
}

/** Opens a stream and reads it frame by frame. Closing it hangs up. */
export async function readEvents(
  url: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<EventReader> {
  const controller = new AbortController()
  const response = await fetch(url, { headers, signal: controller.signal })
  const frames = framesOf(response)

  async function next(): Promise<Frame | null> {
    const { done, value } = await frames.next()
    return done === true ? null : value
  }

  return {
    status: response.status,
    headers: response.headers,
    next,
    async until(accept) {
      const seen: Frame[] = []
      for (;;) {
        const frame = await next()
        if (frame === null) throw new Error(`the stream ended after ${JSON.stringify(seen)}`)
        seen.push(frame)
        if (accept(frame)) return seen
      }
    },
    async rest() {
      const seen: Frame[] = []
      for (let frame = await next(); frame !== null; frame = await next()) seen.push(frame)
      return seen
    },
    async [Symbol.asyncDispose]() {
      controller.abort()
      await frames.return(undefined).catch(() => undefined)
    },
  }
}

async function* framesOf(response: Response): AsyncGenerator<Frame, undefined> {
  let text = ''
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk
    for (let end = text.indexOf('\n\n'); end !== -1; end = text.indexOf('\n\n')) {
      const frame = toFrame(text.slice(0, end))
      text = text.slice(end + 2)
      if (frame !== null) yield frame
    }
  }
}

/** One block of a stream; null when it is a comment. */
export function toFrame(block: string): Frame | null {
  const fields = new Map(
    block.split('\n').map((line) => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon), line.slice(colon + 1).replace(/^ /, '')]
    }),
  )
  const data = fields.get('data')
  if (data === undefined) return null
  return { event: fields.get('event') ?? null, id: fields.get('id') ?? null, data: JSON.parse(data) }
}
