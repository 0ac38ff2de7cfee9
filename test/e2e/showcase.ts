import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { createIds } from '../../src/server/local/store/create-ids.ts'
import { openWritable } from '../../src/server/local/store/open-database.ts'
import { createWriter, type Writer } from '../../src/server/local/store/writer.ts'
import type { AttemptEnd } from '../../src/shared/domain/attempt-end.ts'
import type { JsonText } from '../../src/shared/domain/json.ts'
import type { TaskError } from '../../src/shared/domain/task.ts'
import type { HeadlessServer } from './headless-server.ts'

/** A small shop's morning, for pictures of the window and for looking at every page with something on it. */

interface Kind {
  readonly name: string
  readonly queue: string
  readonly runMs: number
  readonly kwargs: (index: number) => object
  readonly result: (index: number) => object
}

const KINDS: readonly Kind[] = [
  {
    name: 'send_email',
    queue: 'emails',
    runMs: 180,
    kwargs: (index) => ({ to: `ada${index}@example.org`, template: 'welcome', smtp_password: 'hunter2' }),
    result: (index) => ({ messageId: `m-${1000 + index}` }),
  },
  {
    name: 'resize_image',
    queue: 'images',
    runMs: 900,
    kwargs: (index) => ({ file: `photo-${index}.jpg`, width: 1600 }),
    result: (index) => ({ file: `photo-${index}-1600.jpg`, bytes: 120_000 + index * 37 }),
  },
  {
    name: 'charge_card',
    queue: 'payments',
    runMs: 420,
    kwargs: (index) => ({ order: 7000 + index, amount: 19.9, currency: 'EUR', card_token: 'tok_4242' }),
    result: (index) => ({ charge: `ch_${index}`, ok: true }),
  },
  {
    name: 'build_report',
    queue: 'reports',
    runMs: 2600,
    kwargs: () => ({ month: '2026-10', format: 'pdf' }),
    result: () => ({ pages: 12 }),
  },
]

const error = (type: string, message: string, place: string): TaskError => ({
  type,
  message,
  traceback: `${type}: ${message}\n    at ${place}\n    at process.processTicksAndRejections (node:internal/process/task_queues:104:5)`,
  cause: null,
})
const ERRORS: Readonly<Record<string, TaskError>> = {
  charge_card: error(
    'CardDeclinedError',
    'The card was declined: insufficient funds',
    'charge (tasks/charge_card.ts:18:11)',
  ),
  send_email: error('TimeoutError', 'connect ETIMEDOUT 192.0.2.7:587', 'connect (tasks/send_email.ts:9:15)'),
  resize_image: error(
    'TypeError',
    "Cannot read properties of undefined (reading 'width')",
    'resize (tasks/resize_image.ts:31:22)',
  ),
}

const MINUTE = 60_000
const TASKS = 240
const SPAN_MS = 50 * MINUTE

/** Writes the morning's tasks into `folder`, the last of them some minutes before `now`. */
export async function seedShowcase(folder: string, now: number): Promise<void> {
  await mkdir(path.join(folder, 'data'), { recursive: true })
  await mkdir(path.join(folder, 'tasks'), { recursive: true })
  for (const { name } of KINDS)
    await writeFile(path.join(folder, 'tasks', `${name}.js`), `export const ${name} = () => null\n`)
  const db = await openWritable(path.join(folder, 'data', 'penstock.db'))
  let dice = 7
  const random = () => (dice = (dice * 16_807) % 2_147_483_647) / 2_147_483_647
  const writer = createWriter(db, { newId: createIds(() => 0), newLeaseToken: () => 'showcase', random })
  for (let index = 0; index < TASKS; index += 1)
    runOne(writer, index, now - 4 * MINUTE - SPAN_MS + Math.floor((index / TASKS) * SPAN_MS))
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.close()
}

function runOne(writer: Writer, index: number, at: number): void {
  const kind = KINDS[[0, 1, 0, 2, 0, 1, 3][index % 7]!]!
  const failure = index % 17 === 5 ? (ERRORS[kind.name] ?? null) : null
  const task = {
    name: kind.name,
    queue: kind.queue,
    kwargs: JSON.stringify(kind.kwargs(index)) as JsonText,
    priority: index % 11 === 0 ? 8 : 5,
    maxRetries: 0,
    metadata: { tenant: index % 3 === 0 ? 'north' : 'south', release: '2026.11' },
  }
  writer.commit([{ name: 'submit', params: { tasks: [task], now: at } }], at)
  const claimedAt = at + 20
  const order = { workerId: 'local-shop', credits: 1, names: [kind.name], queues: null, now: claimedAt }
  const { claimed } = writer.commit([{ name: 'orderClaims', params: order }], claimedAt)
  const startedAt = claimedAt + 5
  const endedAt = startedAt + kind.runMs + (index % 5) * 40
  const end: AttemptEnd =
    failure === null
      ? { kind: 'succeeded', result: JSON.stringify(kind.result(index)) as JsonText }
      : { kind: 'failed', error: failure, mayRetry: true, retryAfterMs: null }
  const ended = claimed.flatMap(({ tasks }) => tasks).map((lease) => ({ lease, startedAt, at: endedAt, end }))
  const started = ended.map(({ lease }) => ({ lease, at: startedAt }))
  const logs = ended.flatMap(({ lease }) => [
    {
      lease,
      at: startedAt + 10,
      level: 'info' as const,
      message: `${kind.name} for ${task.metadata.tenant}`,
    },
  ])
  const report = { workerId: 'local-shop', started, progress: [], logs, checkpoints: [], ended }
  writer.commit([{ name: 'report', params: report }], endedAt)
}

/** What the running server is told: a workflow, schedules, queues with settings, tasks that wait. */
export async function fillShowcase(server: HeadlessServer): Promise<void> {
  await server.call('/rpc/queues/update', { name: 'payments', changes: { concurrency: 2 } })
  await server.call('/rpc/queues/setPaused', { name: 'payments', isPaused: true })
  await server.submitMany(
    Array.from({ length: 6 }, (_, index) => ({
      name: 'charge_card',
      queue: 'payments',
      kwargs: JSON.stringify({ order: 8000 + index, amount: 49 + index, currency: 'EUR' }),
    })),
  )
  const node = (key: string, name: string, parents: readonly string[]) => ({
    key,
    task: { name, queue: 'nightly' },
    parents,
    onFailure: 'fail',
  })
  await server.call('/rpc/workflows/submit', {
    name: 'nightly-report',
    nodes: [
      node('collect-orders', 'collect_orders', []),
      node('collect-refunds', 'collect_refunds', []),
      node('total', 'sum_up', ['collect-orders', 'collect-refunds']),
      node('chart', 'draw_chart', ['total']),
      node('send', 'send_report', ['total', 'chart']),
    ],
  })
  const schedules = [
    {
      name: 'nightly report',
      timing: { kind: 'cron', expression: '0 3 * * *', timeZone: 'Europe/Berlin' },
      task: { name: 'build_report', queue: 'reports' },
    },
    {
      name: 'inventory sync',
      timing: { kind: 'interval', everyMs: 6 * 60 * MINUTE },
      task: { name: 'sync_inventory' },
    },
    {
      name: 'weekly digest',
      timing: { kind: 'cron', expression: '30 8 * * 1', timeZone: 'UTC' },
      task: { name: 'send_email', queue: 'emails' },
      isPaused: true,
    },
  ]
  for (const schedule of schedules) await server.call('/rpc/schedules/create', schedule)
}
