import type { OperationDescription } from './description.ts'

export interface SampleRequest {
  readonly method: string
  /** As `/api/tasks/:id`. */
  readonly path: string
  readonly description: OperationDescription
  /** As `http://localhost:8080`. */
  readonly origin: string
}

/** The operation's example as a line for a shell. */
export function curlSample({ method, path, description, origin }: SampleRequest): string {
  const { body, queryExample, answers } = description
  const query = queryExample === undefined ? '' : `?${new URLSearchParams(queryExample).toString()}`
  const isStream = Object.values(answers).some(({ contentType }) => contentType === 'text/event-stream')
  return [
    'curl',
    ...(isStream ? ['-N'] : []),
    ...(method === 'GET' ? [] : [`-X ${method}`]),
    quoted(`${origin}${examplePath(path, description)}${query}`),
    ...(body === undefined
      ? []
      : [
          `\\\n  -H 'Content-Type: application/json'`,
          `\\\n  -d ${quoted(JSON.stringify(body.example, null, 2))}`,
        ]),
  ].join(' ')
}

/** The path with its parameters' examples filled in. */
function examplePath(path: string, { path: parameters = {} }: OperationDescription): string {
  return path.replace(/:(\w+)/g, (colon, name: string) => {
    const parameter = parameters[name]
    return parameter === undefined ? colon : encodeURIComponent(parameter.example)
  })
}

/** In single quotes, where a shell understands nothing. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}
