import type { JsonText } from '../../../shared/domain/json.ts'
import { MAX_BODY_BYTES } from '../../../shared/domain/limits.ts'
import { JsonSourceError, parseJsonSource } from '../../ui/json/parse-json-source.ts'

/** A file as the browser hands it over, as far as it matters here. */
export interface DroppedFile {
  readonly name: string
  readonly size: number
  arrayBuffer(): Promise<ArrayBuffer>
}

export type DropReading = { readonly input: JsonText } | { readonly problem: string }

/** What is sent around the input has to fit into the same request. */
const MOST_BYTES = MAX_BODY_BYTES - 16_384

/**
 * Makes the input of a task of what was dropped: JSON as it stands, an object as kwargs, a list as args,
 * any other value as the one argument. Other text is the one argument, as a string. Anything else is a
 * problem, in words.
 */
export async function readDropped(files: readonly DroppedFile[]): Promise<DropReading> {
  const [file] = files
  if (file === undefined) return { problem: 'Nothing that could be read was dropped. Drop a file.' }
  if (files.length > 1)
    return {
      problem: `${files.length} files were dropped. Drop one: its content becomes the input of one task.`,
    }
  if (file.size > MOST_BYTES)
    return {
      problem: `${file.name} has ${inMegabytes(file.size)}; an input has at most ${inMegabytes(MOST_BYTES)}. Hand its path to the task instead.`,
    }
  let bytes: ArrayBuffer
  try {
    bytes = await file.arrayBuffer()
  } catch {
    return { problem: `${file.name} could not be read. A folder cannot; is it still there?` }
  }
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return { problem: `${file.name} is no text in UTF-8. Hand its path to the task instead.` }
  }
  if (text.includes('\0')) return { problem: `${file.name} is no text. Hand its path to the task instead.` }
  return toInput(file.name, text)
}

function toInput(name: string, text: string): DropReading {
  try {
    const { kind } = parseJsonSource(text)
    const source = text.trim()
    // It has just been parsed.
    return { input: (kind === 'object' || kind === 'array' ? source : `[${source}]`) as JsonText }
  } catch (error) {
    if (!(error instanceof JsonSourceError)) throw error
    if (/\.json$/i.test(name)) return { problem: `${name} is no JSON. ${error.message}.` }
    return sized(name, `[${JSON.stringify(text)}]`)
  }
}

/** Escapes make text longer. */
function sized(name: string, source: string): DropReading {
  const bytes = new TextEncoder().encode(source).length
  return bytes > MOST_BYTES
    ? {
        problem: `${name} has ${inMegabytes(bytes)} as JSON; an input has at most ${inMegabytes(MOST_BYTES)}.`,
      }
    : { input: source as JsonText }
}

const inMegabytes = (bytes: number) => `${(bytes / 1_048_576).toFixed(2)} MB`
