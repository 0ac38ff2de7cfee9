import { copyFile, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { lost } from './lost.ts'
import { parsePlace } from './place.ts'
import { reasonOf } from './read-image.ts'

const UPLOAD_MS = 60_000

/** Puts the image in `file` where it is to go, and answers how many bytes it has. */
export async function writeImage(
  file: string,
  output: string,
  format: string,
  signal: AbortSignal,
): Promise<number> {
  const place = parsePlace(output, 'output')
  const { size } = await stat(file)
  if (place.kind === 'web') await upload(file, place.url, format, signal)
  else await save(file, place.path)
  return size
}

/** A reader never sees half of it, and a second attempt writes the same file again. */
async function save(file: string, path: string): Promise<void> {
  const part = `${path}.${process.pid}.part`
  try {
    const there = await stat(path).catch(() => null)
    if (there !== null && !there.isFile()) throw lost(`${path} is there and is no file.`)
    await copyFile(file, part)
    await rename(part, path)
  } catch (error) {
    await rm(part, { force: true })
    if (error instanceof Error && error.message.startsWith(path)) throw error
    throw lost(
      `The image cannot be written to ${path}; is there a folder ${dirname(path)}, and may it be written to? ${(error as Error).message}.`,
      error,
    )
  }
}

async function upload(file: string, url: URL, format: string, signal: AbortSignal): Promise<void> {
  const body = await readFile(file)
  let response: Response
  try {
    response = await fetch(url, {
      method: 'PUT',
      body,
      headers: { 'content-type': `image/${format}` },
      signal: AbortSignal.any([signal, AbortSignal.timeout(UPLOAD_MS)]),
    })
  } catch (error) {
    signal.throwIfAborted()
    throw new Error(`${url.origin} cannot be reached: ${reasonOf(error)}.`, { cause: error })
  }
  await response.body?.cancel()
  if (response.ok) return
  const message = `${url.href} answered ${response.status} to the upload.`
  throw response.status >= 500 || response.status === 429 ? new Error(message) : lost(message)
}
