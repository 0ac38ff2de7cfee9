import * as z from 'zod'
import type { SystemStatus } from '../../../../shared/contract/contract.ts'
import {
  type Alert,
  ALERT_STATES,
  ALERT_TYPES,
  type AlertPage,
  type AlertRule,
  TOLD_ALERT_TYPES,
} from '../../../../shared/domain/alert.ts'
import type { BrokerHealth } from '../../../../shared/domain/broker.ts'
import {
  CAPABILITY_NAMES,
  type Capabilities,
  type CapabilityName,
  type Coverage,
} from '../../../../shared/domain/capabilities.ts'
import { TASK_STATES } from '../../../../shared/domain/state.ts'
import { EVENT_TYPES, type EventBatch } from '../../../../shared/domain/event.ts'
import {
  COMPONENTS,
  DEGRADATION_STRATEGIES,
  type AnswerOrigin,
  type DegradationMark,
  type Resilience,
} from '../../../../shared/domain/resilience.ts'
import { count, instant, nullableInstant, nullableNumber, nullableText, parsedJson } from './fields.ts'

const capability = z.union([
  z.literal(true),
  z.object({ available: z.literal(false), reason: z.string().max(1000) }),
])
const capabilities: z.ZodType<Capabilities> = z.object(
  Object.fromEntries(CAPABILITY_NAMES.map((name) => [name, capability])) as Record<
    CapabilityName,
    typeof capability
  >,
)
/** Names of fields; what this Penstock does not know of them matters to nobody here. */
const names = z.array(z.string().max(100)).max(100)
const coverage = z.object({
  submitFields: names,
  changeFields: names,
  replayFields: names,
  taskFilters: names,
  stateGroups: z.array(z.array(z.enum(TASK_STATES))).max(TASK_STATES.length),
  untold: z.object({
    task: names,
    summary: names.default([]),
    queue: names,
    worker: names,
    overview: names,
    counts: names.default([]),
    totals: names.default([]),
  }),
}) as unknown as z.ZodType<Coverage>
export const systemStatus: z.ZodType<SystemStatus> = z.object({
  version: z.string().max(100),
  brokerName: z.string().max(256),
  capabilities,
  coverage,
  listeners: z.array(z.object({ address: z.string(), dialects: z.array(z.string()) })),
  dataFolder: z.string(),
  tasksFolder: z.string(),
  canOpenFolders: z.boolean(),
  isKeyRequired: z.boolean(),
})

export const health: z.ZodType<BrokerHealth> = z.object({
  status: z.enum(['healthy', 'degraded', 'unhealthy']),
  startedAt: instant,
  components: z.array(
    z.object({
      name: z.enum(['store', 'executor', 'dispatcher']),
      isHealthy: z.boolean(),
      detail: nullableText,
    }),
  ),
})

export const eventBatch: z.ZodType<EventBatch> = z.object({
  events: z.array(
    z.object({
      seq: z.int().min(1),
      type: z.enum(EVENT_TYPES),
      at: instant,
      taskId: nullableText,
      queue: nullableText,
      workerId: nullableText,
      data: z.record(z.string(), parsedJson),
    }),
  ),
  missed: count,
})

export const alert: z.ZodType<Alert> = z.object({
  type: z.enum(TOLD_ALERT_TYPES),
  queue: nullableText,
  workerId: nullableText,
  name: nullableText,
  id: z.string(),
  severity: z.enum(['warning', 'critical']),
  message: z.string(),
  state: z.enum(ALERT_STATES),
  value: nullableNumber,
  threshold: nullableNumber,
  count,
  raisedAt: instant,
  updatedAt: instant,
  acknowledgedAt: nullableInstant,
  clearedAt: nullableInstant,
})
export const alerts = z.array(alert)
export const alertPage: z.ZodType<AlertPage> = z.object({ alerts, next: nullableText })
export const alertRule: z.ZodType<AlertRule> = z.object({
  type: z.enum(ALERT_TYPES),
  severity: z.enum(['warning', 'critical']),
  isEnabled: z.boolean(),
  threshold: z.number(),
  minimumCount: z.number(),
  cooldownMs: z.number(),
})
export const alertRules = z.array(alertRule)

export const degradationMark: z.ZodType<DegradationMark> = z.object({
  component: z.enum(COMPONENTS),
  strategy: z.enum(DEGRADATION_STRATEGIES),
  since: instant,
  until: instant,
  fallbackQueue: nullableText,
  claimsPerSecond: nullableNumber,
})
export const resilience: z.ZodType<Resilience> = z.object({
  at: instant,
  components: z.array(
    z.object({
      name: z.enum(COMPONENTS),
      isHealthy: z.boolean(),
      detail: nullableText,
      degradation: degradationMark.nullable(),
    }),
  ),
  score: z.number(),
})

export const answerOrigin: z.ZodType<AnswerOrigin> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('live') }),
  z.object({ kind: z.literal('cached'), component: z.enum(COMPONENTS), at: instant }),
  z.object({ kind: z.literal('default'), component: z.enum(COMPONENTS) }),
])
