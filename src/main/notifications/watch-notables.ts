import type { Broker, EventSubscription } from '../../shared/domain/broker.ts'
import type { DesktopSettingsStore } from '../preferences/desktop-settings.ts'
import { isWanted, NOTABLE_TYPES, notableOf } from './notable.ts'
import { createNotificationPlan, type Notice } from './notification-plan.ts'
import { quietForMs } from './quiet-hours.ts'

/** What comes together is told together. */
const COLLECT_MS = 1000
/** The clock may be set, and quiet hours changed: never sleep longer without looking again. */
const MOST_SLEEP_MS = 60_000

/** Mutes everything; of a summary. */
export const EVERYTHING = { subject: 'everything', label: 'Everything' } as const

export interface NotableOptions {
  readonly broker: Broker
  readonly settings: DesktopSettingsStore
  /** The window is in front: it shows all of this itself. */
  isSeen(): boolean
  show(notice: Notice): void
  onProblem(error: unknown): void
}

/** Follows what is worth a notification, and shows it in good time. Answers what ends it. */
export function watchNotables({ broker, settings, isSeen, show, onProblem }: NotableOptions): () => void {
  const subscription: EventSubscription = broker.subscribe({ filter: { types: NOTABLE_TYPES } })
  const plan = createNotificationPlan()
  let timer: NodeJS.Timeout | undefined
  let isStopped = false

  function lookIn(ms: number): void {
    timer ??= setTimeout(look, Math.min(ms, MOST_SLEEP_MS))
  }

  function look(): void {
    timer = undefined
    const now = new Date()
    const { quietHours } = settings.get().notifications
    const quietMs = quietForMs(quietHours, now.getHours() * 60 + now.getMinutes())
    const { notices, againInMs } = plan.next(performance.now(), quietMs)
    for (const notice of notices) show(notice)
    if (againInMs !== null) lookIn(againInMs)
  }

  async function follow(): Promise<void> {
    for await (const { events } of subscription)
      for (const event of events) {
        const notable = notableOf(event)
        if (notable === null || isSeen() || !isWanted(notable, settings.get().notifications)) continue
        if (settings.isMuted(notable.subject) || settings.isMuted(EVERYTHING.subject)) continue
        plan.add(notable)
        lookIn(COLLECT_MS)
      }
  }

  follow().catch((error: unknown) => {
    if (!isStopped) onProblem(error)
  })
  return () => {
    isStopped = true
    clearTimeout(timer)
    subscription.close()
  }
}
