import type { OperationDescription } from '../../http/docs/description.ts'
import { alertQuery, ruleBody } from './alert-wire.ts'
import {
  alertAnswer,
  alertListAnswer,
  clearAnswer,
  gridAnswer,
  healthAnswer,
  markAnswer,
  ruleAnswer,
  ruleListAnswer,
  serviceListAnswer,
  statsAnswer,
  summaryAnswer,
  trendsAnswer,
} from './answers.ts'
import { gridQuery, trendsQuery } from './monitoring-wire.ts'
import type { DtqsOperation } from './operations.ts'
import { pageQuery } from './query-fields.ts'
import { clearBody, markBody } from './resilience-wire.ts'

const invalid = [400, 'INVALID_REQUEST', 'A parameter or a field that is not understood.'] as const

type Described = Extract<
  DtqsOperation,
  | `${string} /api/v1/dashboard/${string}`
  | `${string} /api/v1/analytics/${string}`
  | `${string} /api/v1/alerts${string}`
  | `${string} /api/v1/resilience/${string}`
  | `${string} /api/v1/health`
>

export const monitoringDescriptions: Readonly<Record<Described, OperationDescription>> = {
  'GET /api/v1/dashboard/stats': {
    summary: 'Figures of the whole system',
    group: 'Monitoring',
    answers: {
      200: {
        description: 'The figures.',
        schema: statsAnswer,
        example: {
          queue_depth: 250,
          active_workers: 5,
          total_workers: 8,
          cpu_usage_percent: 45.2,
          memory_usage_percent: 62.1,
          total_tasks_submitted: 10_000,
          tasks_completed: 9500,
          tasks_failed: 450,
        },
      },
    },
  },
  'GET /api/v1/dashboard/workers': {
    summary: 'How each worker does',
    group: 'Monitoring',
    query: gridQuery,
    answers: { 200: { description: 'Every worker, unless a page is asked for.', schema: gridAnswer } },
    errors: [invalid],
  },
  'GET /api/v1/analytics/trends': {
    summary: 'Figures of the last hours',
    group: 'Monitoring',
    query: trendsQuery,
    queryExample: { hours: '24', interval: 'hourly' },
    answers: { 200: { description: 'In all, and for each hour or day.', schema: trendsAnswer } },
    errors: [invalid],
  },
  'GET /api/v1/alerts': {
    summary: 'What is wrong now',
    group: 'Alerts',
    description:
      'What nobody has acknowledged; with `acknowledged=true` what somebody has, and still stands.',
    query: alertQuery,
    answers: { 200: { description: 'Newest first.', schema: alertListAnswer } },
    errors: [invalid],
  },
  'GET /api/v1/alerts/history': {
    summary: 'What was wrong in the last 30 days',
    group: 'Alerts',
    query: pageQuery,
    answers: { 200: { description: 'Newest first.', schema: alertListAnswer } },
    errors: [invalid],
  },
  'POST /api/v1/alerts/:alert_id/acknowledge': {
    summary: 'Say that an alert was seen',
    group: 'Alerts',
    description: 'May be repeated.',
    path: { alert_id: { description: 'Id of an alert.', example: 'alert-uuid' } },
    answers: { 200: { description: 'The alert.', schema: alertAnswer } },
    errors: [[404, 'ALERT_NOT_FOUND', 'There is no such alert.']],
  },
  'GET /api/v1/alerts/rules': {
    summary: 'What raises alerts',
    group: 'Alerts',
    answers: { 200: { description: 'A rule for each type.', schema: ruleListAnswer } },
  },
  'PATCH /api/v1/alerts/rules/:type': {
    summary: 'Change what raises an alert',
    group: 'Alerts',
    description: 'What is left out stays. `threshold` is in the unit of the rule.',
    path: { type: { description: 'Type of alert.', example: 'HIGH_QUEUE_DEPTH' } },
    body: { schema: ruleBody, example: { threshold: 1000, enabled: true } },
    answers: { 200: { description: 'The rule.', schema: ruleAnswer } },
    errors: [
      invalid,
      [404, 'ALERT_RULE_NOT_FOUND', 'There is no such type; the message names those there are.'],
    ],
  },
  'POST /api/v1/resilience/degradation/mark': {
    summary: 'Mark a service as degraded',
    group: 'Resilience',
    description: 'Until its time is over or it is cleared, the strategy changes what the broker does.',
    body: {
      schema: markBody,
      example: { service_name: 'database', strategy: 'return_cached', duration_seconds: 300 },
    },
    answers: { 200: { description: 'The mark.', schema: markAnswer } },
    errors: [invalid],
  },
  'POST /api/v1/resilience/degradation/clear': {
    summary: 'Take a mark away',
    group: 'Resilience',
    body: { schema: clearBody, example: { service_name: 'database' } },
    answers: {
      200: {
        description: 'Done.',
        schema: clearAnswer,
        example: { service: 'database', cleared: true },
      },
    },
    errors: [invalid],
  },
  'GET /api/v1/resilience/degradation/status': {
    summary: 'How each service is',
    group: 'Resilience',
    answers: { 200: { description: 'The services.', schema: serviceListAnswer } },
  },
  'GET /api/v1/resilience/summary': {
    summary: 'How resilient the system is',
    group: 'Resilience',
    answers: {
      200: {
        description: 'Counts, and a score: percent of the services that are healthy and not marked.',
        schema: summaryAnswer,
        example: {
          system_health: { components_total: 5, healthy: 4, unhealthy: 1 },
          degradation: { degraded_services_count: 1, services: ['database'] },
          resilience_score: 80,
        },
      },
    },
  },
  'GET /api/v1/health': {
    summary: 'Whether the system works',
    group: 'Resilience',
    answers: {
      200: { description: 'It does, perhaps with less.', schema: healthAnswer },
      503: { description: 'The store does not work.', schema: healthAnswer },
    },
  },
}
