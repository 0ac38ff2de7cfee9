const OPENED_OUTSIDE: ReadonlySet<string> = new Set(['https:', 'mailto:'])

/** Where the broker's own documentation is, which has no encryption and needs none. */
const OWN_HOSTS: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]'])

/**
 * Whether a link may be handed to the system: only the web, mail and pages of this computer, since other
 * schemes start programs.
 */
export function mayOpenOutside(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, hostname } = new URL(url)
  return OPENED_OUTSIDE.has(protocol) || (protocol === 'http:' && OWN_HOSTS.has(hostname))
}
