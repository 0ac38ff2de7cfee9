import type { Broker, EventSubscription } from '../../shared/domain/broker.ts'
import type { EventType } from '../../shared/domain/event.ts'
import type { BrokerGlance } from './tray-menu.ts'

/** What may change a glance; of other events there are too many, and they change only how much runs. */
const TYPES: readonly EventType[] = [
  'task.failed',
  'task.timed_out',
  'task.replayed',
  'task.deleted',
  'queue.paused',
  'queue.resumed',
  'queue.purged',
  'alert.raised',
  'alert.acknowledged',
  'alert.cleared',
]

export interface GlanceOptions {
  readonly broker: Broker
  /** At most so often, in milliseconds. */
  readonly everyMs: number
  /** Without being told of anything, as the number of running tasks changes silently. */
  readonly anywayMs: number
  onGlance(glance: BrokerGlance): void
  onProblem(error: unknown): void
}

/** Follows the few numbers that the tray shows. Answers what ends it. */
export function glanceAtBroker({
  broker,
  everyMs,
  anywayMs,
  onGlance,
  onProblem,
}: GlanceOptions): () => void {
  const subscription: EventSubscription = broker.subscribe({ filter: { types: TYPES } })
  let isStopped = false
  let isLooking = false
  let isPlanned = false
  let isTold = false
  let timer: NodeJS.Timeout | undefined

  function lookIn(ms: number): void {
    clearTimeout(timer)
    timer = setTimeout(() => void look(), ms)
  }

  async function look(): Promise<void> {
    isLooking = true
    isPlanned = false
    isTold = false
    try {
      const [{ deadLetters, counts, queues }, alerts] = await Promise.all([
        broker.overview(),
        broker.listAlerts({}),
      ])
      if (!isStopped) onGlance({ deadLetters, openAlerts: alerts.length, running: counts.running, queues })
    } catch (error) {
      if (!isStopped) onProblem(error)
    }
    isLooking = false
    if (!isStopped) lookIn(isTold ? everyMs : anywayMs)
  }

  async function follow(): Promise<void> {
    for await (const _batch of subscription) {
      if (isLooking) isTold = true
      else if (!isPlanned) lookIn(everyMs)
      isPlanned = true
    }
  }

  void look()
  follow().catch((error: unknown) => {
    if (!isStopped) onProblem(error)
  })
  return () => {
    isStopped = true
    clearTimeout(timer)
    subscription.close()
  }
}
