import { BrokerError } from '../../shared/domain/errors.ts'

/** Where an attached server is. */
export interface RemoteAddress {
  /** As `https://queue.example.org:8443`; whatever is sent, a key above all, goes there and nowhere else. */
  readonly origin: string
  /** What stands before every path of the server, as `/penstock`; empty for none. No slash at its end. */
  readonly basePath: string
}

const MAX_ADDRESS_LENGTH = 2000
const SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i

/**
 * Reads an address as people paste it: without a scheme it is http.
 * @throws INVALID_REQUEST for what is no address of a server, or has a user, a key or a query in it.
 */
export function parseRemoteAddress(text: string): RemoteAddress {
  const trimmed = text.trim()
  const refuse = (why: string) =>
    new BrokerError('INVALID_REQUEST', `${why} Write it as http://127.0.0.1:8080.`, { path: 'address' })
  if (trimmed.length > MAX_ADDRESS_LENGTH) throw refuse('The address is too long.')
  const url = URL.parse(SCHEME.test(trimmed) ? trimmed : `http://${trimmed}`)
  if (url === null || url.hostname === '') throw refuse(`'${trimmed}' is no address of a server.`)
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw refuse(`'${url.protocol}' is not spoken, only http and https.`)
  if (url.username !== '' || url.password !== '')
    throw refuse('An address must have no user or password in it; a key is given apart from it.')
  if (url.search !== '' || url.hash !== '') throw refuse("An address must have no '?' or '#' in it.")
  return { origin: url.origin, basePath: url.pathname.replace(/\/+$/, '') }
}

export function formatRemoteAddress({ origin, basePath }: RemoteAddress): string {
  return `${origin}${basePath}`
}
