import type { EpochMs } from '../../../shared/domain/clock.ts'
import { WORKER_STATUSES, type Worker, type WorkerStatus } from '../../../shared/domain/worker.ts'
import { countOf } from '../../ui/format/count.ts'

/** A slot of a worker, as its block shows it. `closed`: nothing new will come into it now. */
export type Slot = 'busy' | 'free' | 'closed'

/** Its slots, busy ones first. More may be busy than it has, after it was made smaller. */
export function slotsOf({ running, concurrency, status }: Worker): readonly Slot[] {
  const rest: Slot = takesTasks(status) ? 'free' : 'closed'
  const count = Math.max(concurrency, running.length)
  return Array.from({ length: count }, (_, index) => (index < running.length ? 'busy' : rest))
}

export function takesTasks(status: WorkerStatus): boolean {
  return status === 'active' || status === 'idle'
}

/** `process_payment ×5, refund_payment, +2`: what it runs, most often first. */
export function runningText({ running, status }: Worker): string {
  if (running.length === 0) return IDLE_WORDS[status]
  const counts = new Map<string, number>()
  for (const { name } of running) counts.set(name, (counts.get(name) ?? 0) + 1)
  const names = [...counts].toSorted(([, one], [, other]) => other - one)
  const shown = names.slice(0, 2).map(([name, count]) => (count === 1 ? name : `${name} ×${count}`))
  const others = names.slice(2).reduce((sum, [, count]) => sum + count, 0)
  return [...shown, ...(others > 0 ? [`+${others}`] : [])].join(', ')
}

const IDLE_WORDS: Readonly<Record<WorkerStatus, string>> = {
  active: 'Nothing right now',
  idle: 'Nothing right now',
  paused: 'Nothing; it is paused',
  draining: 'Nothing more; it is draining',
  offline: 'Nothing; what it had was given back',
}

/** The quiet line under its name: where it is. */
export function placeText({ kind, hostname, pid, concurrency }: Worker): string {
  return kind === 'local'
    ? `this computer · ${countOf(concurrency, 'thread')}`
    : `${hostname}${pid === null ? '' : ` · pid ${pid}`}`
}

/**
 * What it is called: the pool's own name, else host and the number that tells it from others there. Numbers
 * begin with 1: 0 is in the place of one that a server does not tell.
 */
export function nameOf({ kind, id, hostname, number }: Worker): string {
  if (kind === 'local') return id
  return number === 0 ? hostname : `${hostname} #${number}`
}

/** From here on an external worker's silence is said in red: half of what makes it offline. */
const LONG_SILENCE_MS = 15_000

export function isSilent({ kind, lastHeartbeatAt, status }: Worker, now: EpochMs): boolean {
  return kind === 'external' && (status === 'offline' || now - lastHeartbeatAt >= LONG_SILENCE_MS)
}

export type StatusCounts = Readonly<Record<WorkerStatus | 'all', number>>

export function countByStatus(workers: readonly Worker[]): StatusCounts {
  const count = (status: WorkerStatus) => workers.filter((worker) => worker.status === status).length
  return {
    all: workers.length,
    ...(Object.fromEntries(WORKER_STATUSES.map((status) => [status, count(status)])) as Record<
      WorkerStatus,
      number
    >),
  }
}

/** Whether text stands in what the reader sees of a worker. */
export function matchesText(worker: Worker, text: string): boolean {
  const wanted = text.trim().toLowerCase()
  const { id, hostname, queues, running } = worker
  return [id, hostname, ...(queues ?? []), ...running.map(({ name }) => name)].some((part) =>
    part.toLowerCase().includes(wanted),
  )
}
