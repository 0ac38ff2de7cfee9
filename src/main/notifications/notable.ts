import { ALERT_TYPES, type AlertType } from '../../shared/domain/alert.ts'
import type { BrokerEvent, EventType } from '../../shared/domain/event.ts'
import type { NotificationSettings } from '../../shared/contract/desktop-contract.ts'

/** Events that may be worth a notification. */
export const NOTABLE_TYPES: readonly EventType[] = ['task.failed', 'task.timed_out', 'alert.raised']

/** Something that happened, as a notification tells it. */
export interface Notable {
  readonly kind: 'task' | 'alert'
  /** What is muted with it: tasks of one name in one queue, alerts of one rule. */
  readonly subject: string
  readonly label: string
  readonly title: string
  readonly body: string
  /** Of tasks. */
  readonly taskId: string | null
  readonly alertType: AlertType | null
}

const MOST_TITLE = 100
const MOST_BODY = 300

/** What of an event is worth telling; null for everything else. Payloads are never in it. */
export function notableOf({ type, taskId, queue, data }: BrokerEvent): Notable | null {
  if (type === 'alert.raised') {
    const alertType = ALERT_TYPES.find((known) => known === data['alertType'])
    if (alertType === undefined) return null
    return {
      kind: 'alert',
      subject: `alert:${alertType}`,
      label: `Alerts “${textOf(data['message'], 60)}”`,
      title: data['severity'] === 'critical' ? 'Critical alert' : 'Alert',
      body: textOf(data['message'], MOST_BODY),
      taskId: null,
      alertType,
    }
  }
  if ((type !== 'task.failed' && type !== 'task.timed_out') || taskId === null) return null
  const name = textOf(data['name'], MOST_TITLE - 12)
  const error = data['error']
  const isDescribed = typeof error === 'object' && error !== null && 'message' in error
  const reason = isDescribed ? textOf(error['message'], MOST_BODY) : ''
  return {
    kind: 'task',
    subject: `task:${queue ?? ''}/${name}`,
    label: name,
    title: `${name} ${type === 'task.failed' ? 'failed' : 'timed out'}`,
    body: textOf([queue, reason].filter((part) => part !== null && part !== '').join(': '), MOST_BODY),
    taskId,
    alertType: null,
  }
}

/** Whether the settings want to hear of it, apart from quiet hours. */
export function isWanted({ alertType }: Notable, { failedTasks, alerts }: NotificationSettings): boolean {
  return alertType === null ? failedTasks : alerts.includes(alertType)
}

/** One line, without what terminals and notifications would take for commands. */
function textOf(value: unknown, most: number): string {
  const text = typeof value === 'string' ? value.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim() : ''
  return text.length > most ? `${text.slice(0, most - 1)}…` : text
}
