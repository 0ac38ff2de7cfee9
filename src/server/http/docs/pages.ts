/**
 * The two style elements that Redoc makes: an empty one, which it fills through the style sheet's own
 * interface, and one for its scroll bars. With another version of it the second may be another.
 */
const REDOC_STYLES =
  "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' 'sha256-QMIg+bpjm3JdElJ388KYke01izlUW0UoNOeKjpMxdgc='"

/** Nothing but this server's own files may run, be shown or be asked. Redoc searches in a worker of its own making. */
export const DOCS_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  `style-src 'self' ${REDOC_STYLES}`,
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  'worker-src blob:',
  "object-src 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "form-action 'none'",
].join('; ')

export const OPENAPI_PATH = '/openapi.json'
export const ASSETS_PATH = '/docs/assets'

const page = (title: string, head: string, body: string) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="data:,">
${head}
</head>
<body>
${body}
</body>
</html>
`

const scripts = (...names: readonly string[]) =>
  names.map((name) => `<script src="${ASSETS_PATH}/${name}"></script>`).join('\n')

export const SWAGGER_PAGE = page(
  'Penstock: HTTP interface',
  `<link rel="stylesheet" href="${ASSETS_PATH}/swagger-ui.css">\n<link rel="stylesheet" href="${ASSETS_PATH}/page.css">`,
  `<div id="swagger-ui"></div>\n${scripts('swagger-ui-bundle.js', 'start-swagger.js')}`,
)

export const REDOC_PAGE = page(
  'Penstock: HTTP interface',
  `<link rel="stylesheet" href="${ASSETS_PATH}/page.css">`,
  `<div id="redoc"></div>\n${scripts('redoc.standalone.js', 'start-redoc.js')}`,
)

export const PAGE_STYLE = 'body { margin: 0; }\n'

/** A stream has no end to wait for, so it gets no button; its sample shows how to read it. */
export const START_SWAGGER = `SwaggerUIBundle({
  url: '${OPENAPI_PATH}',
  dom_id: '#swagger-ui',
  deepLinking: true,
  tryItOutEnabled: true,
  displayRequestDuration: true,
  defaultModelsExpandDepth: -1,
  validatorUrl: null,
  plugins: [
    {
      statePlugins: {
        spec: {
          wrapSelectors: {
            allowTryItOutFor: () => (state, path, method) =>
              state.getIn(['json', 'paths', path, method, 'x-event-stream']) !== true,
          },
        },
      },
    },
  ],
})
`

export const START_REDOC = `Redoc.init('${OPENAPI_PATH}', {}, document.getElementById('redoc'))
`
