import type { Broker } from '../../src/shared/domain/broker.ts'
import { type Json, toJsonText } from '../../src/shared/domain/json.ts'
import { untilFinal, untilTask } from '../support/until.ts'

/** Handlers of the documents' examples. */
export const documentedTasks = {
  'send-email.ts': `
    export async function send_email({ args }) {
      if (args[0] === 'invalid@email') throw new Error('Invalid email address')
      return { message_id: 'msg-xyz', sent: true }
    }
    export async function report({ kwargs }, context) {
      context.progress(0.3, { stage: 'processing', message: 'Processing...' })
      await new Promise((resolve, reject) => context.signal.addEventListener('abort', () => reject(new Error('stopped'))))
    }`,
}

/** One task in every state a document shows. */
export interface DocumentedWorld {
  readonly succeeded: string
  readonly deadLetter: string
  /** Runs until it is stopped, and has told 30 %. */
  readonly running: string
  /** In the paused queue `held`. */
  readonly waiting: string
  readonly workerId: string
}

/** The world of the documents' examples: the queue `emails` with a success and a dead letter, and more. */
export async function buildWorld(broker: Broker): Promise<DocumentedWorld> {
  const send = async (args: Json, kwargs: Json = {}) => {
    const [receipt] = await broker.submit([
      {
        name: 'send_email',
        queue: 'emails',
        args: toJsonText(args),
        kwargs: toJsonText(kwargs),
        maxRetries: 0,
      },
    ])
    await untilFinal(broker, receipt!.id)
    return receipt!.id
  }
  const succeeded = await send(['user@example.com', 'Welcome!'], { html: true, priority: 'high' })
  const deadLetter = await send(['invalid@email'])
  const running = await submitOne(broker, 'report', 'default')
  await untilTask(broker, running, ({ progress }) => progress !== null)
  const held = await submitOne(broker, 'sleep', 'held')
  await untilFinal(broker, held)
  await broker.setQueuePaused('held', true)
  const waiting = await submitOne(broker, 'sleep', 'held')
  const [worker] = await broker.listWorkers()
  return { succeeded, deadLetter, running, waiting, workerId: worker!.id }
}

async function submitOne(broker: Broker, name: string, queue: string): Promise<string> {
  const [receipt] = await broker.submit([{ name, queue, kwargs: toJsonText({ ms: 1 }) }])
  return receipt!.id
}
