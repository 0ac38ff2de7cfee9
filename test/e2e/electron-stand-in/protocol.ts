import type * as Electron from 'electron'
import type { BrowserContext, Route } from 'playwright'
import { fromPageUrl } from './app-url.ts'
import { lifecycle } from './lifecycle.ts'
import { strict } from './strict.ts'

type Handler = (request: Request) => Response | Promise<Response>
type ProtocolApi = Pick<Electron.Protocol, 'handle' | 'registerSchemesAsPrivileged'>

const handlers = new Map<string, Handler>()
const privileged = new Set<string>()

export const protocol = strict('protocol', {
  registerSchemesAsPrivileged(schemes: Electron.CustomScheme[]) {
    if (lifecycle.isReady())
      throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready')
    for (const { scheme, privileges } of schemes) {
      // The stand-in's pages have a secure, standard origin; a scheme that lacks it would differ here.
      if (privileges?.standard === true && privileges.secure === true) privileged.add(scheme)
    }
  },
  handle(scheme: string, handler: Handler) {
    if (!lifecycle.isReady()) throw new Error('protocol.handle can only be called after app is ready')
    if (!privileged.has(scheme))
      throw new Error(`the stand-in for electron needs ${scheme} to be standard and secure`)
    if (handlers.has(scheme)) throw new Error(`the scheme ${scheme} is handled already`)
    handlers.set(scheme, handler)
  },
} satisfies ProtocolApi)

/** Answers every request of a page to a scheme of the program's own by the program's own handler. */
export async function routeSchemes(context: BrowserContext): Promise<void> {
  await context.route(
    (url) => fromPageUrl(url.href) !== url.href,
    (route) => lifecycle.untilEnding(() => answer(route)),
  )
}

async function answer(route: Route): Promise<void> {
  const request = route.request()
  const url = fromPageUrl(request.url())
  const handler = handlers.get(new URL(url).protocol.slice(0, -1))
  if (handler === undefined) return route.abort('failed')
  const body = request.postDataBuffer()
  const response = await handler(
    new Request(url, {
      method: request.method(),
      headers: request.headers(),
      ...(body === null ? {} : { body: new Uint8Array(body) }),
    }),
  )
  await route.fulfill({
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: Buffer.from(await response.arrayBuffer()),
  })
}
