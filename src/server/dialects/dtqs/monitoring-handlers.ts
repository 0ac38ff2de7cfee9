import type { Alert } from '../../../shared/domain/alert.ts'
import type { Broker } from '../../../shared/domain/broker.ts'
import { MAX_PAGE_SIZE } from '../../../shared/domain/limits.ts'
import { tellOrigin } from '../answer-origin.ts'
import { type DialectDependencies, type OperationHandlers, pathParameter } from '../dialect.ts'
import { readInput } from '../read-input.ts'
import {
  alertQuery,
  findAlertType,
  ruleBody,
  toAlertAnswer,
  toRuleAnswer,
  toRuleChanges,
} from './alert-wire.ts'
import { createLoadMeter } from './machine-load.ts'
import { gridQuery, toStats, toTrends, toWorkerCard, trendsQuery } from './monitoring-wire.ts'
import type { DtqsOperation } from './operations.ts'
import { pageOf, pageQuery } from './query-fields.ts'

type AlertOperation = Extract<DtqsOperation, `${string} /api/v1/alerts${string}`>
type FigureOperation = Extract<
  DtqsOperation,
  `${string} /api/v1/dashboard/${string}` | `${string} /api/v1/analytics/${string}`
>

export function figureHandlers({ broker, clock }: DialectDependencies): OperationHandlers<FigureOperation> {
  const readLoad = createLoadMeter(clock)
  return {
    'GET /api/v1/dashboard/stats': async (_request, reply) => {
      const [overview, load] = await Promise.all([broker.overview(), readLoad()])
      return toStats(tellOrigin(broker, reply, overview), load)
    },
    'GET /api/v1/dashboard/workers': async (request, reply) => {
      const page = readInput(gridQuery, request.query)
      const workers = tellOrigin(broker, reply, await broker.listWorkers())
      const now = clock.now()
      return pageOf(
        'workers',
        workers.map((worker) => toWorkerCard(worker, now)),
        page,
      )
    },
    'GET /api/v1/analytics/trends': async (request, reply) => {
      const { hours, interval } = readInput(trendsQuery, request.query)
      const step = interval === 'hourly' ? 'hour' : 'day'
      return toTrends(tellOrigin(broker, reply, await broker.trends({ hours, step })))
    },
  }
}

export function alertHandlers({ broker }: DialectDependencies): OperationHandlers<AlertOperation> {
  return {
    'GET /api/v1/alerts': async (request) => {
      const { acknowledged, ...page } = readInput(alertQuery, request.query)
      const alerts = await broker.listAlerts({ state: acknowledged ? 'acknowledged' : 'active' })
      return pageOf('alerts', alerts.map(toAlertAnswer), page)
    },
    'GET /api/v1/alerts/history': async (request) => {
      const page = readInput(pageQuery, request.query)
      return pageOf('alerts', (await readHistory(broker)).map(toAlertAnswer), page)
    },
    'POST /api/v1/alerts/:alert_id/acknowledge': async (request) =>
      toAlertAnswer(await broker.acknowledgeAlert(pathParameter(request, 'alert_id'))),
    'GET /api/v1/alerts/rules': async () => ({ rules: (await broker.alertRules()).map(toRuleAnswer) }),
    'PATCH /api/v1/alerts/rules/:type': async (request) => {
      const type = findAlertType(pathParameter(request, 'type'))
      const changes = toRuleChanges(type, readInput(ruleBody, request.body))
      return toRuleAnswer(await broker.updateAlertRule(type, changes))
    },
  }
}

/** All that is kept: alerts of 30 days, of which one subject can raise one in five minutes. */
async function readHistory(broker: Pick<Broker, 'alertHistory'>): Promise<readonly Alert[]> {
  const all: Alert[] = []
  let cursor: string | undefined
  do {
    const { alerts, next } = await broker.alertHistory({ limit: MAX_PAGE_SIZE, cursor })
    all.push(...alerts)
    cursor = next ?? undefined
  } while (cursor !== undefined)
  return all
}
