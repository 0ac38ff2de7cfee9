import { createWriteStream } from 'node:fs'
import { copyFile, stat } from 'node:fs/promises'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { lost } from './lost.ts'
import { parsePlace } from './place.ts'

const MAX_INPUT_BYTES = 50 * 1_048_576
const FETCH_MS = 30_000
const TOO_LARGE = `The image is too large: at most ${MAX_INPUT_BYTES / 1_048_576} MB are read.`

/** Brings the image at `source` to the file `target`, and answers how many bytes it has. */
export async function readImage(source: string, target: string, signal: AbortSignal): Promise<number> {
  const place = parsePlace(source, 'input')
  if (place.kind === 'web') await download(place.url, target, signal)
  else await copy(place.path, target)
  const { size } = await stat(target)
  if (size === 0) throw lost(`There is nothing in ${source}.`)
  return size
}

async function copy(path: string, target: string): Promise<void> {
  let found
  try {
    found = await stat(path)
  } catch (error) {
    throw lost(`The image ${path} cannot be read: ${(error as Error).message}.`, error)
  }
  // A pipe or a device would never end.
  if (!found.isFile()) throw lost(`${path} is no file.`)
  if (found.size > MAX_INPUT_BYTES) throw lost(TOO_LARGE)
  try {
    await copyFile(path, target)
  } catch (error) {
    throw lost(`The image ${path} cannot be read: ${(error as Error).message}.`, error)
  }
}

async function download(url: URL, target: string, signal: AbortSignal): Promise<void> {
  const limit = AbortSignal.timeout(FETCH_MS)
  let response: Response
  try {
    response = await fetch(url, { signal: AbortSignal.any([signal, limit]) })
  } catch (error) {
    signal.throwIfAborted()
    // It may be back at the next attempt.
    throw new Error(`${url.origin} cannot be reached: ${reasonOf(error)}.`, { cause: error })
  }
  if (!response.ok || response.body === null) {
    await response.body?.cancel()
    const message = `${url.href} answered ${response.status}.`
    throw response.status >= 500 || response.status === 429 ? new Error(message) : lost(message)
  }
  if (Number(response.headers.get('content-length') ?? 0) > MAX_INPUT_BYTES) {
    await response.body.cancel()
    throw lost(TOO_LARGE)
  }
  try {
    await pipeline(response.body, atMost(MAX_INPUT_BYTES), createWriteStream(target), {
      signal,
    })
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof Error && error.message === TOO_LARGE) throw error
    throw new Error(`${url.origin} broke off: ${reasonOf(error)}.`, { cause: error })
  }
}

/** Lets so many bytes through and no more, whatever the server said of its length. */
function atMost(bytes: number): Transform {
  let seen = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen += chunk.length
      if (seen > bytes) done(lost(TOO_LARGE))
      else done(null, chunk)
    },
  })
}

/** What is behind "fetch failed". */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return `no answer within ${FETCH_MS / 1000} s`
  const { cause } = error
  if (cause instanceof AggregateError) return reasonOf(cause.errors[0])
  return cause instanceof Error ? cause.message : error.message
}
