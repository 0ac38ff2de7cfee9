import type { Broker } from '../../shared/domain/broker.ts'
import type { ImplementedContract } from './implement-contract.ts'

/** Calls about what is planned (workflows, schedules) and how well it all goes (alerts, resilience). */
export function routePlansAndHealth(
  { workflows, schedules, alerts, resilience }: ImplementedContract,
  broker: Broker,
) {
  return {
    workflows: {
      list: workflows.list.handler(({ input }) => broker.listWorkflows(input)),
      count: workflows.count.handler(({ input: { states } }) => broker.countWorkflows(states)),
      get: workflows.get.handler(({ input: { id } }) => broker.getWorkflow(id)),
      submit: workflows.submit.handler(({ input }) => broker.submitWorkflow(input)),
      cancel: workflows.cancel.handler(({ input: { id, terminate } }) =>
        broker.cancelWorkflow(id, { terminate }),
      ),
      delete: workflows.delete.handler(({ input: { id } }) => broker.deleteWorkflow(id)),
    },
    schedules: {
      list: schedules.list.handler(({ input }) => broker.listSchedules(input)),
      get: schedules.get.handler(({ input: { id } }) => broker.getSchedule(id)),
      create: schedules.create.handler(({ input }) => broker.createSchedule(input)),
      update: schedules.update.handler(({ input: { id, changes } }) => broker.updateSchedule(id, changes)),
      setPaused: schedules.setPaused.handler(({ input: { id, isPaused } }) =>
        broker.setSchedulePaused(id, isPaused),
      ),
      runNow: schedules.runNow.handler(({ input: { id } }) => broker.runScheduleNow(id)),
      delete: schedules.delete.handler(({ input: { id } }) => broker.deleteSchedule(id)),
      nextFires: schedules.nextFires.handler(({ input: { timing, count } }) =>
        broker.nextFires(timing, count),
      ),
    },
    alerts: {
      list: alerts.list.handler(({ input }) => broker.listAlerts(input)),
      history: alerts.history.handler(({ input }) => broker.alertHistory(input)),
      acknowledge: alerts.acknowledge.handler(({ input: { id } }) => broker.acknowledgeAlert(id)),
      rules: alerts.rules.handler(() => broker.alertRules()),
      updateRule: alerts.updateRule.handler(({ input: { type, changes } }) =>
        broker.updateAlertRule(type, changes),
      ),
    },
    resilience: {
      get: resilience.get.handler(() => broker.resilience()),
      markDegraded: resilience.markDegraded.handler(({ input }) => broker.markDegraded(input)),
      mayWaitForResults: resilience.mayWaitForResults.handler(() => broker.mayWaitForResults()),
      clear: resilience.clear.handler(({ input: { component } }) => broker.clearDegradation(component)),
    },
  }
}
