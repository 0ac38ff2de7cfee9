/** The window's own scheme: no file:// and no server, so that nothing else shares its origin. */
export const APP_SCHEME = 'app'
const APP_HOST = 'bundle'

export const WINDOW_URL = `${APP_SCHEME}://${APP_HOST}/index.html`
/** Answered by the program itself; see `failure-page.ts`. */
export const FAILURE_PATH = '/start-up-failed'
export const FAILURE_URL = `${APP_SCHEME}://${APP_HOST}${FAILURE_PATH}`

/** Whether a URL is of the window's own origin, compared as parsed: text may only look alike. */
export function isAppUrl(url: string): boolean {
  if (!URL.canParse(url)) return false
  // `origin` is of no use: Node answers 'null' for every scheme that is not a web one.
  const { protocol, host } = new URL(url)
  return protocol === `${APP_SCHEME}:` && host === APP_HOST
}
