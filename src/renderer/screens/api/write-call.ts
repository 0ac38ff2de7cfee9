import type { ApiCall } from './api-calls.ts'

export const LANGUAGES = ['curl', 'python', 'javascript'] as const
export type Language = (typeof LANGUAGES)[number]

export interface CallOptions {
  /** As `http://127.0.0.1:8080`. */
  readonly address: string
  /** Of a task that is there; null writes a placeholder. */
  readonly task: { readonly id: string; readonly number: number } | null
  /** The broker asks for a key: taken from the environment, so that none stands in a script. */
  readonly isKeyRequired: boolean
}

/** One call as a program that runs as it stands: in a shell, in Python, or in Node. */
export function writeCall(language: Language, call: ApiCall, options: CallOptions): string {
  const url = options.address + fillIn(call.path, options.task)
  return WRITERS[language]({ ...call, url, isKeyRequired: options.isKeyRequired })
}

function fillIn(path: string, task: CallOptions['task']): string {
  return path
    .replace('{id}', task?.id ?? 'TASK-ID')
    .replace('{number}', task === null ? 'TASK-NUMBER' : String(task.number))
}

interface WrittenCall extends Omit<ApiCall, 'path' | 'title'> {
  readonly url: string
  readonly isKeyRequired: boolean
}

const WRITERS: Readonly<Record<Language, (call: WrittenCall) => string>> = {
  curl({ method, url, body, isStream, isKeyRequired }) {
    const parts = [
      `curl ${isStream === true ? '-N ' : ''}'${url}'`,
      ...(isKeyRequired ? [`-H "X-API-Key: $PENSTOCK_API_KEY"`] : []),
      ...(body === undefined ? [] : [`-H 'Content-Type: application/json'`, `-d ${shellQuote(body)}`]),
    ]
    if (method !== 'GET' && body === undefined) parts[0] = `curl -X ${method} '${url}'`
    return parts.join(' \\\n  ')
  },

  python({ method, url, body, isStream, isKeyRequired }) {
    const headers = [
      ...(body === undefined ? [] : ['"Content-Type": "application/json"']),
      ...(isKeyRequired ? ['"X-API-Key": os.environ["PENSTOCK_API_KEY"]'] : []),
    ]
    const modules = [
      ...(body !== undefined || isStream !== true ? ['json'] : []),
      ...(isKeyRequired ? ['os'] : []),
      'urllib.request',
    ]
    const args = [
      `"${url}"`,
      ...(body === undefined ? [] : [`data=json.dumps(${pythonLiteral(body)}).encode()`]),
      ...(headers.length === 0 ? [] : [`headers={${headers.join(', ')}}`]),
      ...(method === 'GET' ? [] : [`method="${method}"`]),
    ]
    return [
      ...modules.map((module) => `import ${module}`),
      '',
      'request = urllib.request.Request(',
      ...args.map((arg) => `    ${arg},`),
      ')',
      'with urllib.request.urlopen(request) as response:',
      ...(isStream === true
        ? ['    for line in response:', '        print(line.decode(), end="", flush=True)']
        : ['    print(json.load(response))']),
    ].join('\n')
  },

  javascript({ method, url, body, isStream, isKeyRequired }) {
    const headers = [
      ...(body === undefined ? [] : [`'Content-Type': 'application/json'`]),
      ...(isKeyRequired ? [`'X-API-Key': process.env.PENSTOCK_API_KEY`] : []),
    ]
    const options = [
      ...(method === 'GET' ? [] : [`  method: '${method}',`]),
      ...(headers.length === 0 ? [] : [`  headers: { ${headers.join(', ')} },`]),
      ...(body === undefined ? [] : [`  body: JSON.stringify(${javascriptLiteral(body)}),`]),
    ]
    const request = options.length === 0 ? '' : `, {\n${options.join('\n')}\n}`
    return [
      `const response = await fetch('${url}'${request})`,
      ...(isStream === true
        ? [
            'for await (const text of response.body.pipeThrough(new TextDecoderStream()))',
            '  process.stdout.write(text)',
          ]
        : ['console.log(await response.json())']),
    ].join('\n')
  },
}

function shellQuote(body: object): string {
  return `'${spaced(body).replaceAll("'", String.raw`'\''`)}'`
}

/** JSON in one line that can be read: `{"type": "demo", "count": 3}`. */
function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  return `{${Object.entries(value)
    .map(([key, item]) => `${JSON.stringify(key)}: ${spaced(item)}`)
    .join(', ')}}`
}

function pythonLiteral(value: unknown): string {
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (Array.isArray(value)) return `[${value.map(pythonLiteral).join(', ')}]`
  if (typeof value !== 'object') return JSON.stringify(value)
  return `{${Object.entries(value)
    .map(([key, item]) => `${JSON.stringify(key)}: ${pythonLiteral(item)}`)
    .join(', ')}}`
}

function javascriptLiteral(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(javascriptLiteral).join(', ')}]`
  if (typeof value === 'string') return `'${JSON.stringify(value).slice(1, -1).replaceAll("'", "\\'")}'`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  return `{ ${Object.entries(value)
    .map(
      ([key, item]) => `${/^[a-z_]\w*$/i.test(key) ? key : JSON.stringify(key)}: ${javascriptLiteral(item)}`,
    )
    .join(', ')} }`
}
