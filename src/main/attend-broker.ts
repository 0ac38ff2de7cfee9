import { app } from 'electron'
import type { WindowMessages } from './desktop-port/window-messages.ts'
import { createNoticeActions } from './notifications/notice-actions.ts'
import { showNotice } from './notifications/show-notice.ts'
import { watchNotables } from './notifications/watch-notables.ts'
import type { DesktopSettingsStore } from './preferences/desktop-settings.ts'
import type { DesktopEngine } from './start-engine.ts'
import { watchPower } from './system/watch-power.ts'
import { glanceAtBroker } from './tray/glance-at-broker.ts'
import { setAllPaused } from './tray/pause-all.ts'
import { showTray } from './tray/show-tray.ts'
import type { MainWindow } from './window/main-window.ts'

/** The tray follows a burst of failures at this pace. */
const GLANCE_MS = 500
const GLANCE_ANYWAY_MS = 5000

export interface AttendanceOptions {
  readonly window: MainWindow
  readonly messages: WindowMessages
  readonly settings: DesktopSettingsStore
}

export interface BrokerAttendance {
  /** The engine has started: what happens in it is shown outside of the window, too. */
  attend(engine: DesktopEngine): void
  stop(): void
}

/** What is told of the broker where no window is: tray and notifications. Only when the program is ready. */
export function attendBroker({ window, messages, settings }: AttendanceOptions): BrokerAttendance {
  let attended: DesktopEngine | null = null
  const stopping: (() => void)[] = []
  const setAll = (isPaused: boolean) => {
    if (attended !== null) void setAllPaused(attended, isPaused).then((outcome) => messages.say(outcome))
  }
  const showPage = (page: 'dead-letters' | 'alerts') => {
    messages.say({ kind: 'command', id: `page:/${page}` })
    window.show()
  }
  const tray = showTray({
    open: window.show,
    openDeadLetters: () => showPage('dead-letters'),
    openAlerts: () => showPage('alerts'),
    pauseAll: () => setAll(true),
    resumeAll: () => setAll(false),
    quit: () => app.quit(),
  })
  const actions = createNoticeActions({
    broker: () => attended?.broker ?? null,
    settings,
    messages,
    showWindow: window.show,
    showPage,
  })

  watchPower(() => attended)

  return {
    attend(engine) {
      attended = engine
      const { broker, logger } = engine
      const stopGlancing = glanceAtBroker({
        broker,
        everyMs: GLANCE_MS,
        anywayMs: GLANCE_ANYWAY_MS,
        onGlance: tray.show,
        onProblem: (error) => logger.warn({ err: error }, 'the tray could not look at the broker'),
      })
      const stopWatching = watchNotables({
        broker,
        settings,
        isSeen: () => window.current()?.isFocused() ?? false,
        show: (notice) => showNotice(notice, actions),
        onProblem: (error) => logger.warn({ err: error }, 'notifications have ended'),
      })
      stopping.push(stopGlancing, stopWatching)
    },
    stop() {
      attended = null
      for (const stop of stopping.splice(0)) stop()
    },
  }
}
