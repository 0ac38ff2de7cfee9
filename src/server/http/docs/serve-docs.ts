import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { DescribedDialect } from './description.ts'
import {
  ASSETS_PATH,
  DOCS_POLICY,
  OPENAPI_PATH,
  PAGE_STYLE,
  REDOC_PAGE,
  START_REDOC,
  START_SWAGGER,
  SWAGGER_PAGE,
} from './pages.ts'
import { toOpenApi } from './to-openapi.ts'

export interface DocsOptions {
  /** Those that the same server answers. */
  readonly dialects: readonly DescribedDialect[]
  /** Of the product. */
  readonly version: string
}

const DOCS_HEADERS = {
  'content-security-policy': DOCS_POLICY,
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-cache',
} as const

const HTML = 'text/html; charset=utf-8'
const SCRIPT = 'text/javascript; charset=utf-8'
const STYLE = 'text/css; charset=utf-8'

const folderOf = (file: string) => path.dirname(fileURLToPath(file))
const SWAGGER_FOLDER = path.join(folderOf(import.meta.resolve('@fastify/swagger-ui/package.json')), 'static')
const REDOC_FILE = path.join(
  folderOf(import.meta.resolve('redoc/package.json')),
  'bundles',
  'redoc.standalone.js',
)
/** The only address of another site that Redoc asks by itself: a picture. */
const REDOC_PICTURE = 'https://cdn.redoc.ly/redoc/logo-mini.svg'

/**
 * The server's own documentation: `/docs` (Swagger UI, to try operations out), `/redoc` (to read) and
 * `/openapi.json`, from what the dialects say of themselves. Nothing is loaded from elsewhere.
 *
 * A dialect joins by its `description` (see `DialectDescription`). An operation without one is listed
 * by its address alone; one that two dialects share is described once, for both.
 */
export function serveDocs(app: FastifyInstance, { dialects, version }: DocsOptions): void {
  /** By the server's own names, which are the only ones that get this far. */
  const documents = new Map<string, string>()
  const documentFor = (host: string): string => {
    let text = documents.get(host)
    if (text === undefined) {
      text = JSON.stringify(toOpenApi({ dialects, version, origin: `http://${host}` }))
      documents.set(host, text)
    }
    return text
  }
  let redoc: Promise<string> | null = null

  void app.register(async (docs) => {
    await docs.register(fastifyStatic, { root: SWAGGER_FOLDER, serve: false, cacheControl: false })
    docs.addHook('onRequest', (_request, reply, done) => {
      void reply.headers(DOCS_HEADERS)
      done()
    })
    const text = (url: string, type: string, content: string) =>
      docs.get(url, (_request, reply) => reply.type(type).send(content))

    text('/docs', HTML, SWAGGER_PAGE)
    text('/redoc', HTML, REDOC_PAGE)
    text(`${ASSETS_PATH}/page.css`, STYLE, PAGE_STYLE)
    text(`${ASSETS_PATH}/start-swagger.js`, SCRIPT, START_SWAGGER)
    text(`${ASSETS_PATH}/start-redoc.js`, SCRIPT, START_REDOC)
    for (const name of ['swagger-ui.css', 'swagger-ui-bundle.js'])
      docs.get(`${ASSETS_PATH}/${name}`, (_request, reply: FastifyReply) => reply.sendFile(name))
    docs.get(`${ASSETS_PATH}/redoc.standalone.js`, async (_request, reply) => {
      redoc ??= readFile(REDOC_FILE, 'utf8').then((script) => script.replaceAll(REDOC_PICTURE, 'data:,'))
      return reply.type(SCRIPT).send(await redoc)
    })
    docs.get(OPENAPI_PATH, (request, reply) =>
      reply.type('application/json; charset=utf-8').send(documentFor(request.headers.host!.toLowerCase())),
    )
  })
}
