import type { AddressInfo, Socket } from 'node:net'

/** What a listener may be called in a Host header. */
export interface HostNames {
  /** The port it got. Until then (as in a test without a socket) port 80 is assumed. */
  listenOn(address: AddressInfo): void
  isOwn(host: string, socket: Socket): boolean
}

const LOOPBACK_NAMES = ['127.0.0.1', 'localhost', '[::1]']
const WILDCARDS = new Set(['0.0.0.0', '::'])
const DEFAULT_PORT = 80

/**
 * The loopback names, the configured ones and the address listened on, each with the port; without it
 * too when the port is 80. A listener on every interface is also called by the address that a request
 * came in on: such a name is an address, so no foreign page can make it its own.
 */
export function createHostNames(configured: readonly string[]): HostNames {
  let port = DEFAULT_PORT
  let isWildcard = false
  let names = namesAt([...LOOPBACK_NAMES, ...configured], port)
  return {
    listenOn(address) {
      port = address.port
      isWildcard = WILDCARDS.has(address.address)
      const own = isWildcard ? [] : [address.address]
      names = namesAt([...LOOPBACK_NAMES, ...configured, ...own], port)
    },
    isOwn(host, socket) {
      if (names.has(host) || names.has(host.toLowerCase())) return true
      const local = isWildcard ? socket.localAddress : undefined
      return local !== undefined && namesAt([local], port).has(host.toLowerCase())
    },
  }
}

function namesAt(hosts: readonly string[], port: number): ReadonlySet<string> {
  const names = new Set<string>()
  for (const host of hosts) {
    const name = bracketed(host.toLowerCase().replace(/^::ffff:(?=\d+\.)/, ''))
    names.add(`${name}:${port}`)
    if (port === DEFAULT_PORT) names.add(name)
  }
  return names
}

function bracketed(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host
}

/** The Host header's value; null when there is none or more than one. */
export function onlyHost(rawHeaders: readonly string[]): string | null {
  let host: string | null = null
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]!
    if (name.length !== 4 || name.toLowerCase() !== 'host') continue
    if (host !== null) return null
    host = rawHeaders[index + 1]!
  }
  return host
}
