import * as z from 'zod'
import type { Broker } from '../../../shared/domain/broker.ts'
import { count } from './answers/fields.ts'
import {
  instants,
  schedule,
  schedulePage,
  workflow,
  workflowPage,
  workflowReceipt,
} from './answers/plan-answers.ts'
import {
  alert,
  alertPage,
  alertRule,
  alertRules,
  alerts,
  degradationMark,
  health,
  resilience,
} from './answers/system-answers.ts'
import { receipt } from './answers/task-answers.ts'
import type { ContractCalls } from './contract-calls.ts'

/** The calls about what is planned (workflows, schedules), and how well it all goes (alerts, resilience). */
export function attachPlansAndHealth({ read, write, originOf }: ContractCalls) {
  const resilienceNow = () =>
    read('resilience.get', resilience, ({ resilience: calls }, o) => calls.get(undefined, o))
  return {
    health: () => read('system.health', health, ({ system }, o) => system.health(undefined, o)),

    submitWorkflow: ({ name, nodes, idempotencyKey }) =>
      (idempotencyKey === undefined ? write : read)('workflows.submit', workflowReceipt, ({ workflows }, o) =>
        workflows.submit(
          { name, idempotencyKey, nodes: nodes.map((node) => ({ ...node, parents: [...node.parents] })) },
          o,
        ),
      ),
    getWorkflow: (id) => read('workflows.get', workflow, ({ workflows }, o) => workflows.get({ id }, o)),
    listWorkflows: ({ states, ...page }) =>
      read('workflows.list', workflowPage, ({ workflows }, o) =>
        workflows.list({ ...page, states: states === undefined ? undefined : [...states] }, o),
      ),
    countWorkflows: (states) =>
      read('workflows.count', count, ({ workflows }, o) =>
        workflows.count({ states: states === undefined ? undefined : [...states] }, o),
      ),
    cancelWorkflow: (id, { terminate }) =>
      write('workflows.cancel', workflow, ({ workflows }, o) => workflows.cancel({ id, terminate }, o)),
    deleteWorkflow: (id) =>
      write('workflows.delete', z.void(), ({ workflows }, o) => workflows.delete({ id }, o)),

    createSchedule: (created) =>
      write('schedules.create', schedule, ({ schedules }, o) => schedules.create(created, o)),
    updateSchedule: (id, changes) =>
      write('schedules.update', schedule, ({ schedules }, o) => schedules.update({ id, changes }, o)),
    deleteSchedule: (id) =>
      write('schedules.delete', z.void(), ({ schedules }, o) => schedules.delete({ id }, o)),
    getSchedule: (id) => read('schedules.get', schedule, ({ schedules }, o) => schedules.get({ id }, o)),
    listSchedules: (page) =>
      read('schedules.list', schedulePage, ({ schedules }, o) => schedules.list(page, o)),
    setSchedulePaused: (id, isPaused) =>
      write('schedules.setPaused', schedule, ({ schedules }, o) => schedules.setPaused({ id, isPaused }, o)),
    runScheduleNow: (id) =>
      write('schedules.runNow', receipt, ({ schedules }, o) => schedules.runNow({ id }, o)),
    nextFires: (timing, fires) =>
      read('schedules.nextFires', instants, ({ schedules }, o) =>
        schedules.nextFires({ timing, count: fires }, o),
      ),

    listAlerts: (options) => read('alerts.list', alerts, (client, o) => client.alerts.list(options, o)),
    alertHistory: (page) => read('alerts.history', alertPage, (client, o) => client.alerts.history(page, o)),
    acknowledgeAlert: (id) =>
      write('alerts.acknowledge', alert, (client, o) => client.alerts.acknowledge({ id }, o)),
    alertRules: () => read('alerts.rules', alertRules, (client, o) => client.alerts.rules(undefined, o)),
    updateAlertRule: (type, changes) =>
      write('alerts.updateRule', alertRule, (client, o) => client.alerts.updateRule({ type, changes }, o)),

    resilience: resilienceNow,
    degradations: async () =>
      (await resilienceNow()).components.flatMap(({ degradation }) =>
        degradation === null ? [] : [degradation],
      ),
    markDegraded: (mark) =>
      write('resilience.markDegraded', degradationMark, ({ resilience: calls }, o) =>
        calls.markDegraded(mark, o),
      ),
    clearDegradation: (component) =>
      write('resilience.clear', z.boolean(), ({ resilience: calls }, o) => calls.clear({ component }, o)),
    originOf,
    mayWaitForResults: () =>
      read('resilience.mayWaitForResults', z.boolean(), ({ resilience: calls }, o) =>
        calls.mayWaitForResults(undefined, o),
      ),
  } satisfies Partial<Broker>
}
