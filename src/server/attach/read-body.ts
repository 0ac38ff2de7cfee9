import { AttachError } from './attach-error.ts'

/**
 * The text of an answer. Stops reading at the limit, so an endless answer costs no more than that.
 * @throws AttachError when it is longer, or not UTF-8.
 */
export async function readText(
  body: ReadableStream<Uint8Array> | null,
  maxBytes: number,
  shown: string,
): Promise<string> {
  if (body === null) return ''
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const parts: string[] = []
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.byteLength
    if (bytes > maxBytes)
      throw new AttachError('bad_answer', `${shown} sends an answer of more than ${maxBytes} bytes.`)
    parts.push(decode(() => decoder.decode(chunk, { stream: true }), shown))
  }
  parts.push(decode(() => decoder.decode(), shown))
  return parts.join('')
}

function decode(run: () => string, shown: string): string {
  try {
    return run()
  } catch {
    throw new AttachError('bad_answer', `${shown} sends an answer that is not UTF-8.`)
  }
}

export interface BodyLimits {
  /** Longest silence. */
  readonly idleMs: number
  readonly toError: (error: unknown) => unknown
  /** Called once, however it ends. */
  readonly onEnd: () => void
  readonly shown: string
}

/** A body that ends with an error when nothing comes for too long; reads no further than it is read. */
export function limitBody(
  body: ReadableStream<Uint8Array>,
  { idleMs, toError, onEnd, shown }: BodyLimits,
): ReadableStream<Uint8Array> {
  const reader = body.getReader()
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        let timer: NodeJS.Timeout | undefined
        const silence = new Promise<never>((_resolve, reject) => {
          const fallenSilent = () =>
            reject(new AttachError('unreachable', `${shown} has been silent for ${idleMs / 1000} s.`))
          timer = setTimeout(fallenSilent, idleMs)
        })
        try {
          const { done, value } = await Promise.race([reader.read(), silence])
          if (!done) return controller.enqueue(value)
          onEnd()
          controller.close()
        } catch (error) {
          onEnd()
          controller.error(toError(error))
          reader.cancel().catch(() => undefined)
        } finally {
          clearTimeout(timer)
        }
      },
      async cancel(reason) {
        onEnd()
        await reader.cancel(reason)
      },
    },
    { highWaterMark: 0 },
  )
}
