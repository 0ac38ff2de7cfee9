import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { WINDOW_POLICY } from '../server/http/window-policy.ts'

/** Answers a request of the window's scheme. */
export type WindowRequestHandler = (request: Request) => Promise<Response>

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.txt': 'text/plain; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
}

const HEADERS = {
  'Content-Security-Policy': WINDOW_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
}

/** Serves the files below `folder`, and nothing beside it: no parents, no links out, no unknown kinds. */
export function serveFilesOf(folder: string): WindowRequestHandler {
  return async (request) => {
    const file = fileBelow(folder, new URL(request.url).pathname)
    const contentType = file === null ? undefined : CONTENT_TYPES[path.extname(file)]
    if (request.method !== 'GET' || file === null || contentType === undefined) return notFound()
    try {
      return new Response(await readFile(file), { headers: { ...HEADERS, 'Content-Type': contentType } })
    } catch {
      return notFound()
    }
  }
}

function notFound(): Response {
  return new Response('Not found', { status: 404, headers: HEADERS })
}

/** The file a URL's path means, or null when that is not below `folder`. */
function fileBelow(folder: string, pathname: string): string | null {
  let relative: string
  try {
    relative = decodeURIComponent(pathname).replace(/^\/+/, '')
  } catch {
    return null
  }
  const file = path.resolve(folder, relative)
  return file.startsWith(path.resolve(folder) + path.sep) && !file.includes('\0') ? file : null
}
