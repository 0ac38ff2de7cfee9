import type { App } from '../../server/app/start-app.ts'
import type { DesktopMessage } from '../../shared/contract/desktop-contract.ts'

/** Pauses every queue, those that begin later too, or resumes all; and says what came of it. */
export async function setAllPaused(
  engine: Pick<App, 'setAllPaused'>,
  isPaused: boolean,
): Promise<DesktopMessage> {
  try {
    const count = await engine.setAllPaused(isPaused)
    const queues = count === 1 ? '1 queue' : `${count} queues`
    const message = isPaused
      ? `Paused ${queues}, and those that begin until all are resumed`
      : `Resumed ${queues}`
    return { kind: 'tell', tone: 'success', message }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    const message = `The queues were not ${isPaused ? 'paused' : 'resumed'}: ${reason}`
    return { kind: 'tell', tone: 'failure', message: message.slice(0, 1000) }
  }
}
