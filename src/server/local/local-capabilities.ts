import type { Capabilities } from '../../shared/domain/broker.ts'

/** The local broker can do everything. */
export const LOCAL_CAPABILITIES: Capabilities = {
  submit: true,
  priorities: true,
  scheduling: true,
  cancelRunning: true,
  pauseQueues: true,
  pauseWorkers: true,
  changeWorkers: true,
  externalWorkers: true,
  workflows: true,
  schedules: true,
  deadLetters: true,
  alerts: true,
  resilience: true,
  events: true,
  stats: true,
  progress: true,
  logs: true,
}
