import { spawn } from 'node:child_process'
import path from 'node:path'
import { PROJECT_FOLDER } from './launch.ts'

interface AsynqTask {
  readonly type: string
  readonly payload?: object
  readonly queue?: string
  readonly max_retries?: number
  /** RFC 3339. */
  readonly process_at?: string
}

interface WindowTask {
  readonly queue?: string
  readonly name: string
  /** JSON text, as `args`. */
  readonly kwargs?: string
  readonly args?: string
  readonly metadata?: Readonly<Record<string, string>>
  readonly maxRetries?: number
}

/** The built headless program, serving the window. */
export interface HeadlessServer extends AsyncDisposable {
  /** As `http://127.0.0.1:12345`. */
  readonly address: string
  /** Submits one task by the asynq dialect, as any script would; answers its id. */
  submit(task: AsynqTask): Promise<string>
  /** Submits one task by the window's own contract, which takes what no handler is there for. */
  submitAsWindow(task: WindowTask): Promise<void>
  /** The same for many at once. */
  submitMany(tasks: readonly WindowTask[]): Promise<readonly { readonly id: string }[]>
  /** Calls the window's own contract. */
  call<Answer = unknown>(url: string, input: unknown): Promise<Answer>
  /** The number of the newest event. */
  lastSeq(): Promise<number>
  /** How many tasks of a queue are in these states, as the window's own contract counts them. */
  count(queue: string, states: readonly string[]): Promise<number>
}

/** Starts `penstock serve` on a port that the system picks unless the `options` name one, with all of them. */
export async function startServer(folder: string, options: readonly string[] = []): Promise<HeadlessServer> {
  const program = spawn(
    process.execPath,
    [
      path.join(PROJECT_FOLDER, 'out', 'server', 'cli.js'),
      'serve',
      `--data=${path.join(folder, 'data')}`,
      `--tasks=${path.join(folder, 'tasks')}`,
      ...(options.some((option) => option.startsWith('--listen')) ? [] : ['--listen=0=turbine,asynq']),
      ...options,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  const ended = new Promise<void>((resolve) => program.once('close', () => resolve()))
  let stderr = ''
  program.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const address = await new Promise<string>((resolve, reject) => {
    let stdout = ''
    program.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
      const found = /listening on (http:\/\/[\d.]+:\d+)/.exec(stdout)?.[1]
      if (found !== undefined) resolve(found)
    })
    program.once('close', () => reject(new Error(`the server ended: ${stderr}`)))
  })

  const post = async <Answer>(url: string, body: object): Promise<Answer> => {
    const answer = await fetch(`${address}${url}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`)
    return (await answer.json()) as Answer
  }
  const call = async <Answer>(url: string, input: unknown) =>
    (await post<{ json: Answer }>(url, { json: input })).json

  await untilHandlersAreLoaded(address)
  return {
    address,
    submit: async (task) => (await post<{ task_id: string }>('/api/v1/tasks', task)).task_id,
    submitAsWindow: async (task) => void (await call('/rpc/tasks/submit', { tasks: [task] })),
    submitMany: (tasks) => call('/rpc/tasks/submit', { tasks }),
    call,
    lastSeq: async () => (await call<{ lastSeq: number }>('/rpc/overview', null)).lastSeq,
    count: (queue, states) => call<number>('/rpc/tasks/count', { queue, states }),
    [Symbol.asyncDispose]: async () => {
      program.kill('SIGTERM')
      await ended
    },
  }
}

/** Until then a submit waits for them, and the window shows no worker. */
async function untilHandlersAreLoaded(address: string): Promise<void> {
  const events = await fetch(`${address}/rpc/events`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ json: { after: 0, types: ['worker.connected'] } }),
  })
  const reader = events.body!.pipeThrough(new TextDecoderStream()).getReader()
  for (let text = ''; !text.includes('worker.connected');) {
    const { done, value } = await reader.read()
    if (done) throw new Error('the event stream ended before the executor was there')
    text += value
  }
  await reader.cancel()
}
