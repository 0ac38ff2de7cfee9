import { Notification } from 'electron'
import type { Notice } from './notification-plan.ts'

export interface NoticeActions {
  open(notice: Notice): void
  /** Never rejects. */
  retry(notice: Notice): Promise<void>
  mute(notice: Notice): void
}

type NoticeAction = keyof NoticeActions

const LABELS: Readonly<Record<NoticeAction, string>> = {
  open: 'Open',
  retry: 'Retry',
  mute: 'Mute for an hour',
}

/** Those that may still be clicked: what nothing holds is collected, and deaf. The system keeps no more. */
const MOST_HELD = 30
const held: Notification[] = []

/** Shows it with its buttons, where the system has notifications. A click beside the buttons opens it, too. */
export function showNotice(notice: Notice, actions: NoticeActions): void {
  if (!Notification.isSupported()) return
  const offered: readonly NoticeAction[] =
    notice.notable?.taskId == null ? ['open', 'mute'] : ['open', 'retry', 'mute']
  const notification = new Notification({
    title: notice.title,
    body: notice.body,
    actions: offered.map((action) => ({ type: 'button', text: LABELS[action] })),
  })
  notification.on('click', () => actions.open(notice))
  notification.on('action', ({ actionIndex }) => {
    const action = offered[actionIndex]
    if (action !== undefined) void actions[action](notice)
  })
  held.push(notification)
  if (held.length > MOST_HELD) held.shift()
  notification.show()
}
