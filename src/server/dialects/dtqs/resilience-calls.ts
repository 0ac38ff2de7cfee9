import * as z from 'zod'
import type { Clock } from '../../../shared/domain/clock.ts'
import {
  COMPONENTS,
  type ComponentState,
  DEGRADATION_STRATEGIES,
  type DegradationMark,
} from '../../../shared/domain/resilience.ts'
import { instantText } from '../../attach/answer-fields.ts'
import type { JsonCalls } from '../../attach/json-calls.ts'
import { objectText, textOf } from '../../attach/json-text.ts'
import type { AnsweredCalls } from '../../attach/limit-broker.ts'
import { text } from './told-task.ts'

const service = z.enum(COMPONENTS)
const strategy = z.enum(DEGRADATION_STRATEGIES)
const seconds = z.number().min(0).max(1e9)
const details = {
  fallback_queue: text.nullish(),
  max_tasks_per_second: z.number().min(0).max(1e9).nullish(),
}
const toldMark = z.object({
  service,
  strategy,
  duration_seconds: seconds,
  degraded_until: instantText,
  ...details,
})
const toldService = z.object({
  service,
  status: z.enum(['healthy', 'unhealthy', 'degraded']),
  detail: text.nullish(),
  strategy: strategy.nullish(),
  degraded_since: instantText.nullish(),
  degraded_until: instantText.nullish(),
  ...details,
})
const toldServices = z.object({ services: z.array(toldService).max(100) })
const toldSummary = z.object({ resilience_score: z.number().min(0).max(100) })

const PATH = '/api/v1/resilience'

/** The document's calls, and those of docs/dialects.md that tell the state of each service. */
export function resilienceCalls(calls: JsonCalls, clock: Clock): Partial<AnsweredCalls> {
  const readServices = async () =>
    (await calls.read(toldServices, { path: `${PATH}/degradation/status` })).services.map(toComponentState)
  return {
    async resilience() {
      const [components, { resilience_score: score }] = await Promise.all([
        readServices(),
        calls.read(toldSummary, { path: `${PATH}/summary` }),
      ])
      return { at: clock.now(), components, score }
    },
    async markDegraded({ component, strategy: word, ttlMs, fallbackQueue }) {
      const told = await calls.write(toldMark, {
        method: 'POST',
        path: `${PATH}/degradation/mark`,
        body: objectText({
          service_name: textOf(component),
          strategy: textOf(word),
          duration_seconds: textOf(ttlMs === undefined ? undefined : ttlMs / 1000),
          fallback_queue: textOf(fallbackQueue),
        }),
      })
      return {
        component: told.service,
        strategy: told.strategy,
        since: told.degraded_until - told.duration_seconds * 1000,
        until: told.degraded_until,
        fallbackQueue: told.fallback_queue ?? null,
        claimsPerSecond: told.max_tasks_per_second ?? null,
      }
    },
    degradations: async () =>
      (await readServices()).flatMap(({ degradation }) => (degradation === null ? [] : [degradation])),
    async clearDegradation(component) {
      const { cleared } = await calls.write(z.object({ cleared: z.boolean() }), {
        method: 'POST',
        path: `${PATH}/degradation/clear`,
        body: objectText({ service_name: textOf(component) }),
      })
      return cleared
    },
  }
}

function toComponentState(told: z.output<typeof toldService>): ComponentState {
  return {
    name: told.service,
    isHealthy: told.status !== 'unhealthy',
    detail: told.detail ?? null,
    degradation: toMark(told),
  }
}

function toMark(told: z.output<typeof toldService>): DegradationMark | null {
  if (told.strategy == null || told.degraded_until == null) return null
  return {
    component: told.service,
    strategy: told.strategy,
    since: told.degraded_since ?? told.degraded_until,
    until: told.degraded_until,
    fallbackQueue: told.fallback_queue ?? null,
    claimsPerSecond: told.max_tasks_per_second ?? null,
  }
}
