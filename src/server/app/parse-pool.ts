import { QUEUE_NAME_PATTERN } from '../../shared/domain/limits.ts'
import type { LocalPool } from '../../shared/domain/worker-port.ts'
import { SetupError } from './setup-error.ts'

const MAX_THREADS = 1024
const POOL = /^(?<name>[A-Za-z0-9_.-]{1,64})=(?<threads>\d{1,4})(?::(?<queues>.+))?$/

/**
 * Reads `mail=4:mail,newsletter`: a pool named `mail` of 4 threads for two queues; without queues it
 * takes from every one. @throws SetupError saying what is expected.
 */
function parsePool(text: string): LocalPool {
  const groups = POOL.exec(text)?.groups
  const threads = Number(groups?.['threads'])
  const queues = groups?.['queues']?.split(',') ?? null
  const isRight =
    groups !== undefined &&
    threads >= 1 &&
    threads <= MAX_THREADS &&
    (queues === null || queues.every((queue) => QUEUE_NAME_PATTERN.test(queue)))
  if (!isRight)
    throw new SetupError(
      `'--pool ${text}' is not understood; write <name>=<threads> with 1 to ${MAX_THREADS} threads, or <name>=<threads>:<queue>,<queue>, as mail=4:mail,newsletter.`,
    )
  return { name: groups['name']!, queues, threads }
}

/** @returns undefined when none is given, for the default. @throws SetupError */
export function parsePools(texts: readonly string[]): readonly LocalPool[] | undefined {
  if (texts.length === 0) return undefined
  const pools = texts.map(parsePool)
  const names = new Set<string>()
  for (const { name } of pools) {
    if (names.has(name))
      throw new SetupError(`Two pools are named '${name}'; give each --pool a name of its own.`)
    names.add(name)
  }
  return pools
}
