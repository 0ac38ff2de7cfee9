import { BrokerError } from '../../../shared/domain/errors.ts'
import { findJsonExcess, type JsonText } from '../../../shared/domain/json.ts'
import {
  MAX_DURATION_MS,
  MAX_RESULT_BYTES,
  MAX_TASK_NAME_LENGTH,
  QUEUE_NAME_PATTERN,
} from '../../../shared/domain/limits.ts'
import {
  type LocalPool,
  type LogLine,
  MAX_LEASE_MS,
  MAX_WORKER_CONCURRENCY,
  MIN_LEASE_MS,
  MIN_WORKER_CONCURRENCY,
  type ProgressUpdate,
  type TaskFailure,
  type WorkerRegistration,
} from '../../../shared/domain/worker-port.ts'

/** The ranges of what workers say, whoever it came from. Each throws INVALID_REQUEST naming the field. */

const MAX_HOSTNAME_LENGTH = 256
const MAX_LIST_LENGTH = 1000
const MAX_LINES = 1000
const MAX_LEASES = 1000
const MAX_STATUS_LENGTH = 50
const POOL_NAME_PATTERN = /^[A-Za-z0-9_.-]{1,64}$/

function refuse(path: string, what: string): never {
  throw new BrokerError('INVALID_REQUEST', `${path} ${what}.`, { path })
}

function checkWhole(path: string, value: number, least: number, most: number): void {
  if (!(Number.isInteger(value) && value >= least && value <= most))
    refuse(path, `must be a whole number from ${least} to ${most}`)
}

function checkQueues(queues: readonly string[] | null | undefined): void {
  if (queues === null || queues === undefined) return
  if (queues.length === 0 || queues.length > MAX_LIST_LENGTH)
    refuse('queues', `must name 1 to ${MAX_LIST_LENGTH} queues, or be left out for every queue`)
  for (const [index, queue] of queues.entries())
    if (!QUEUE_NAME_PATTERN.test(queue))
      refuse(`queues[${index}]`, 'must have 1 to 128 characters out of A-Z a-z 0-9 _ . : -')
}

export const checkConcurrency = (concurrency: number) =>
  checkWhole('concurrency', concurrency, MIN_WORKER_CONCURRENCY, MAX_WORKER_CONCURRENCY)

export function checkRegistration({ hostname, pid, queues, names, concurrency }: WorkerRegistration): void {
  if (hostname.length === 0 || hostname.length > MAX_HOSTNAME_LENGTH)
    refuse('hostname', `must have 1 to ${MAX_HOSTNAME_LENGTH} characters`)
  if (pid !== null && pid !== undefined) checkWhole('pid', pid, 0, Number.MAX_SAFE_INTEGER)
  checkQueues(queues)
  checkConcurrency(concurrency)
  if (names === null || names === undefined) return
  if (names.length === 0 || names.length > MAX_LIST_LENGTH)
    refuse('names', `must name 1 to ${MAX_LIST_LENGTH} tasks, or be left out for any task`)
  for (const [index, name] of names.entries())
    if (name.length === 0 || name.length > MAX_TASK_NAME_LENGTH)
      refuse(`names[${index}]`, `must have 1 to ${MAX_TASK_NAME_LENGTH} characters`)
}

export function checkPool({ name, queues, threads }: LocalPool): void {
  if (!POOL_NAME_PATTERN.test(name)) refuse('name', 'must have 1 to 64 characters out of A-Z a-z 0-9 _ . -')
  checkQueues(queues)
  checkWhole('threads', threads, MIN_WORKER_CONCURRENCY, MAX_WORKER_CONCURRENCY)
}

export function checkStatus(status: string): void {
  if (status.length === 0 || status.length > MAX_STATUS_LENGTH)
    refuse('status', `must have 1 to ${MAX_STATUS_LENGTH} characters`)
}

export const checkLeaseMs = (leaseMs: number) => checkWhole('leaseMs', leaseMs, MIN_LEASE_MS, MAX_LEASE_MS)
export const checkLimit = (limit: number) => checkWhole('limit', limit, 1, MAX_LEASES)

export function checkLeases(leases: readonly unknown[]): void {
  if (leases.length > MAX_LEASES) refuse('leases', `must be at most ${MAX_LEASES}`)
}

export function checkProgress({ fraction }: ProgressUpdate): void {
  if (!(fraction >= 0 && fraction <= 1)) refuse('fraction', 'must be a number from 0 to 1')
}

export function checkLines(lines: readonly LogLine[]): void {
  if (lines.length > MAX_LINES) refuse('lines', `must be at most ${MAX_LINES}`)
}

/** @param path `result` or `data`. */
export function checkJson(path: string, text: JsonText): void {
  if (text.length > MAX_RESULT_BYTES) refuse(path, `must have at most ${MAX_RESULT_BYTES} characters`)
  const excess = findJsonExcess(text)
  if (excess !== null) refuse(path, `cannot be kept: ${excess}`)
}

export function checkFailure({ retryAfterMs }: TaskFailure): void {
  if (retryAfterMs !== null && retryAfterMs !== undefined)
    checkWhole('retryAfterMs', retryAfterMs, 0, MAX_DURATION_MS)
}
