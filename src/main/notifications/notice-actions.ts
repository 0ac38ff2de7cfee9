import type { Broker } from '../../shared/domain/broker.ts'
import type { WindowMessages } from '../desktop-port/window-messages.ts'
import type { DesktopSettingsStore } from '../preferences/desktop-settings.ts'
import type { Notice } from './notification-plan.ts'
import type { NoticeActions } from './show-notice.ts'
import { EVERYTHING } from './watch-notables.ts'

const MUTED_MS = 3_600_000

export interface NoticeActionOptions {
  /** Null while none runs. */
  broker(): Pick<Broker, 'replay'> | null
  readonly settings: DesktopSettingsStore
  readonly messages: WindowMessages
  showWindow(): void
  showPage(page: 'dead-letters' | 'alerts'): void
}

/** What the buttons of a notification do. What came of it is said in the window. */
export function createNoticeActions(options: NoticeActionOptions): NoticeActions {
  const { broker, settings, messages, showWindow, showPage } = options
  /** A second press is impatience, not a wish for two more runs. */
  const retried = new WeakSet<Notice>()

  async function retry(taskId: string, label: string): Promise<void> {
    try {
      const target = broker()
      if (target === null) throw new Error('Penstock is not running.')
      await target.replay(taskId, {})
      messages.say({ kind: 'tell', tone: 'success', message: `Running ${label} again` })
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      const message = `${label} was not run again. ${reason}`.slice(0, 1000)
      messages.say({ kind: 'tell', tone: 'failure', message })
      // A click that did nothing is not to go unseen.
      showWindow()
    }
  }

  return {
    open({ notable, page }) {
      if (notable?.taskId == null) return showPage(page)
      messages.say({ kind: 'open-task', taskId: notable.taskId })
      showWindow()
    },
    async retry(notice) {
      const { notable } = notice
      if (notable?.taskId == null || retried.has(notice)) return
      retried.add(notice)
      await retry(notable.taskId, notable.label)
    },
    mute({ notable }) {
      const { subject, label } = notable ?? EVERYTHING
      settings.mute({ subject, label, until: Date.now() + MUTED_MS })
    },
  }
}
