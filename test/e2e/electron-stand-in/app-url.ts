/**
 * Chromium knows no custom schemes from outside, so `app://host/…` is opened as an https page of a host
 * that does not exist, and every request to it is answered by the program's own `protocol.handle`.
 */
const SUFFIX = '.electron-stand-in.test'

export function toPageUrl(url: string): string {
  if (!URL.canParse(url)) return url
  const { protocol, host, pathname, search, hash } = new URL(url)
  return host === '' || protocol.startsWith('http') || protocol === 'file:'
    ? url
    : `https://${host}.${protocol.slice(0, -1)}${SUFFIX}${pathname}${search}${hash}`
}

/** The URL the program would see in Electron. */
export function fromPageUrl(url: string): string {
  if (!URL.canParse(url)) return url
  const { hostname, pathname, search, hash } = new URL(url)
  if (!hostname.endsWith(SUFFIX)) return url
  const parts = hostname.slice(0, -SUFFIX.length).split('.')
  const scheme = parts.pop()
  return `${scheme}://${parts.join('.')}${pathname}${search}${hash}`
}
