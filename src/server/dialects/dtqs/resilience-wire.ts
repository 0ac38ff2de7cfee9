import * as z from 'zod'
import type { EpochMs } from '../../../shared/domain/clock.ts'
import {
  COMPONENTS,
  type ComponentState,
  DEFAULT_DEGRADATION_MS,
  DEGRADATION_STRATEGIES,
  type DegradationMark,
  type MarkDegraded,
  MAX_DEGRADATION_MS,
  MIN_DEGRADATION_MS,
  type Resilience,
} from '../../../shared/domain/resilience.ts'
import { orNull } from '../body-fields.ts'
import { isoInstant } from '../instant.ts'
import type { healthAnswer, summaryAnswer } from './answers.ts'
import { oneOf } from './query-fields.ts'
import { queueNameField, wholeBetween } from './submit-wire.ts'

const serviceName = oneOf(COMPONENTS)

export const markBody = z.object(
  {
    service_name: serviceName,
    strategy: oneOf(DEGRADATION_STRATEGIES),
    duration_seconds: orNull(wholeBetween(MIN_DEGRADATION_MS / 1000, MAX_DEGRADATION_MS / 1000)).transform(
      (seconds) => seconds ?? DEFAULT_DEGRADATION_MS / 1000,
    ),
    fallback_queue: orNull(queueNameField),
  },
  'must be an object',
)

export const clearBody = z.object({ service_name: serviceName }, 'must be an object')

export function toMark(body: z.output<typeof markBody>): MarkDegraded {
  return {
    component: body.service_name,
    strategy: body.strategy,
    ttlMs: body.duration_seconds * 1000,
    fallbackQueue: body.fallback_queue,
  }
}

export function toMarkAnswer(mark: DegradationMark) {
  return {
    service: mark.component,
    strategy: mark.strategy,
    duration_seconds: (mark.until - mark.since) / 1000,
    status: 'degraded',
    degraded_until: isoInstant(mark.until),
    fallback_queue: mark.fallbackQueue,
    max_tasks_per_second: mark.claimsPerSecond,
  }
}

type ServiceStatus = 'healthy' | 'unhealthy' | 'degraded'

function statusOf({ isHealthy, degradation }: ComponentState): ServiceStatus {
  if (!isHealthy) return 'unhealthy'
  return degradation === null ? 'healthy' : 'degraded'
}

/** A service that is marked counts as unhealthy, as in the document's example. */
export function toSummary({ components, score }: Resilience): z.output<typeof summaryAnswer> {
  const healthy = components.filter((each) => statusOf(each) === 'healthy').length
  const marked = components.filter(({ degradation }) => degradation !== null)
  return {
    system_health: { components_total: components.length, healthy, unhealthy: components.length - healthy },
    degradation: { degraded_services_count: marked.length, services: marked.map(({ name }) => name) },
    resilience_score: score,
  }
}

export function toServiceStatus(state: ComponentState, now: EpochMs) {
  const { name, detail, degradation } = state
  return {
    service: name,
    status: statusOf(state),
    detail,
    strategy: degradation?.strategy ?? null,
    degraded_since: degradation === null ? null : isoInstant(degradation.since),
    degraded_until: degradation === null ? null : isoInstant(degradation.until),
    fallback_queue: degradation?.fallbackQueue ?? null,
    max_tasks_per_second: degradation?.claimsPerSecond ?? null,
    seconds_left: degradation === null ? null : Math.max(0, Math.ceil((degradation.until - now) / 1000)),
  }
}

/** `redis` is kept for clients that look for it: it says how the store in use is. */
export function toHealthAnswer({ components }: Resilience, version: string): z.output<typeof healthAnswer> {
  const checks = Object.fromEntries(components.map((each) => [each.name, statusOf(each)])) as Record<
    (typeof COMPONENTS)[number],
    ServiceStatus
  >
  const isWell = Object.values(checks).every((status) => status === 'healthy')
  const status = checks.database === 'unhealthy' ? 'unhealthy' : isWell ? 'healthy' : 'degraded'
  return { status, version, checks: { ...checks, redis: checks.database } }
}
