import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Clock } from '../../../shared/domain/clock.ts'
import { HttpRefusal } from '../../http/refusal.ts'
import type { OperationHandler } from '../dialect.ts'

const WINDOW_MS = 60_000

/** How one request stands against the limit. */
export interface RateVerdict {
  readonly isAllowed: boolean
  readonly limit: number
  /** Requests left in this window, ≥ 0. */
  readonly remaining: number
  /** Until the next window, ≥ 1. */
  readonly resetInMs: number
}

export type RateLimiter = (address: string) => RateVerdict

/**
 * Counts requests of each address in windows of a minute, the same for all of them, so that what a
 * window held is forgotten with it.
 * @param limit requests a minute, ≥ 1.
 */
function createRateLimiter(limit: number, clock: Pick<Clock, 'monotonic'>): RateLimiter {
  const counts = new Map<string, number>()
  let startedAt = clock.monotonic()
  return (address) => {
    const now = clock.monotonic()
    if (now - startedAt >= WINDOW_MS) {
      startedAt = now
      counts.clear()
    }
    const count = (counts.get(address) ?? 0) + 1
    counts.set(address, count)
    return {
      isAllowed: count <= limit,
      limit,
      remaining: Math.max(0, limit - count),
      resetInMs: startedAt + WINDOW_MS - now,
    }
  }
}

/** Counts a request, tells how it stands in the headers of its answer, and refuses it past the limit. */
export type RateGuard = (
  request: FastifyRequest,
  reply: FastifyReply,
  /** The request may be of a dialect that knows no limit: it is counted and told, and never refused. */
  options?: { readonly mayRefuse: boolean },
) => void

/** @param requestsPerMinute 0 for no limit, and then nothing is told. */
export function createRateGuard(requestsPerMinute: number, clock: Clock): RateGuard {
  if (requestsPerMinute === 0) return () => {}
  const take = createRateLimiter(requestsPerMinute, clock)
  return (request, reply, { mayRefuse } = { mayRefuse: true }) => {
    const { isAllowed, limit, remaining, resetInMs } = take(request.ip)
    void reply.headers({
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': String(remaining),
      // In whole seconds since 1970, as such headers are commonly read.
      'x-ratelimit-reset': String(Math.ceil((clock.now() + resetInMs) / 1000)),
    })
    if (isAllowed || !mayRefuse) return
    const seconds = Math.ceil(resetInMs / 1000)
    throw new HttpRefusal({
      status: 429,
      code: 'RATE_LIMITED',
      message: `More than ${limit} requests in a minute came from ${request.ip}. Try again in ${seconds} s.`,
      headers: { 'retry-after': String(seconds) },
    })
  }
}

/** A handler that runs for nobody who is past the limit. */
export const guarded =
  (guard: RateGuard, handler: OperationHandler): OperationHandler =>
  (request, reply) => {
    guard(request, reply)
    return handler(request, reply)
  }
