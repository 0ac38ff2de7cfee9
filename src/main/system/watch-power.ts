import { powerMonitor } from 'electron'
import type { DesktopEngine } from '../start-engine.ts'

/**
 * Timers stand still while the computer sleeps, the wall clock does not: on waking, what came due meanwhile
 * is looked for at once. To be called when the program is ready.
 */
export function watchPower(engine: () => DesktopEngine | null): void {
  let asleepSince: number | null = null
  powerMonitor.on('suspend', () => {
    asleepSince = Date.now()
    engine()?.logger.info('the computer goes to sleep')
  })
  powerMonitor.on('resume', () => {
    const current = engine()
    const sleptSeconds = asleepSince === null ? null : Math.round((Date.now() - asleepSince) / 1000)
    asleepSince = null
    if (current === null) return
    current.logger.info({ sleptSeconds }, 'the computer is awake again')
    current.lookAgain()
  })
}
