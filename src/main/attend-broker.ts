import { app } from 'electron'
import type { WindowMessages } from './desktop-port/window-messages.ts'
import type { DesktopEngine } from './start-engine.ts'
import { glanceAtBroker } from './tray/glance-at-broker.ts'
import { setAllPaused } from './tray/pause-all.ts'
import { showTray } from './tray/show-tray.ts'
import type { MainWindow } from './window/main-window.ts'

/** The tray follows a burst of failures at this pace. */
const GLANCE_MS = 500
const GLANCE_ANYWAY_MS = 5000

export interface BrokerAttendance {
  /** The engine has started: what happens in it is shown outside of the window, too. */
  attend(engine: DesktopEngine): void
  stop(): void
}

/** What is told of the broker where no window is: the tray. Only when the program is ready. */
export function attendBroker(window: MainWindow, messages: WindowMessages): BrokerAttendance {
  let attended: DesktopEngine | null = null
  let stopGlancing = () => {}
  const setAll = (isPaused: boolean) => {
    if (attended === null) return
    const { broker, logger } = attended
    setAllPaused(broker, isPaused).then(
      (outcome) => messages.say(outcome),
      (error: unknown) => logger.error({ err: error }, 'the queues could not be paused or resumed'),
    )
  }
  const showPage = (id: 'page:/dead-letters' | 'page:/alerts') => {
    messages.say({ kind: 'command', id })
    window.show()
  }
  const tray = showTray({
    open: window.show,
    openDeadLetters: () => showPage('page:/dead-letters'),
    openAlerts: () => showPage('page:/alerts'),
    pauseAll: () => setAll(true),
    resumeAll: () => setAll(false),
    quit: () => app.quit(),
  })
  return {
    attend(engine) {
      attended = engine
      stopGlancing = glanceAtBroker({
        broker: engine.broker,
        everyMs: GLANCE_MS,
        anywayMs: GLANCE_ANYWAY_MS,
        onGlance: tray.show,
        onProblem: (error) => engine.logger.warn({ err: error }, 'the tray could not look at the broker'),
      })
    },
    stop() {
      attended = null
      stopGlancing()
    },
  }
}
