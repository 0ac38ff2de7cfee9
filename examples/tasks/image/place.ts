import { isAbsolute } from 'node:path'
import { fileURLToPath } from 'node:url'
import { lost } from './lost.ts'

/** Where an image comes from or goes to. */
export type Place =
  { readonly kind: 'web'; readonly url: URL } | { readonly kind: 'file'; readonly path: string }

/**
 * Reads `https://…`, `http://…`, `file:///…` or an absolute path.
 * @param what for the message, as `input`
 */
export function parsePlace(text: unknown, what: string): Place {
  const expected = `Give the ${what} as an http(s) address, a file:// address or an absolute path`
  if (typeof text !== 'string' || text === '') throw lost(`${expected}.`)
  if (text.includes('\0')) throw lost(`${expected}; it has a zero byte in it.`)
  if (isAbsolute(text)) return { kind: 'file', path: text }
  if (!URL.canParse(text)) throw lost(`${expected}; '${text.slice(0, 200)}' is none.`)
  const url = new URL(text)
  if (url.protocol === 'file:') {
    try {
      return { kind: 'file', path: fileURLToPath(url) }
    } catch (error) {
      throw lost(`${expected}; '${text.slice(0, 200)}' is no file of this machine.`, error)
    }
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw lost(`${expected}; '${url.protocol}' is not understood.`)
  if (url.username !== '' || url.password !== '')
    throw lost(`The ${what} must not have a name and a password in its address.`)
  return { kind: 'web', url }
}

/** The ending of a path or an address, in lower case and without its dot; empty when there is none. */
export function endingOf(place: Place): string {
  const path = place.kind === 'file' ? place.path : place.url.pathname
  return /\.([A-Za-z0-9]+)$/.exec(path)?.[1]?.toLowerCase() ?? ''
}
