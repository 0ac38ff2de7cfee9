import type { AlertPort, AlertType } from '../../../shared/domain/alert.ts'
import { checkAlertRule, evaluateAlerts } from '../../../shared/domain/alert-rules.ts'
import type { WorkerSilence } from '../../../shared/domain/alert-snapshot.ts'
import type { Clock } from '../../../shared/domain/clock.ts'
import { BrokerError } from '../../../shared/domain/errors.ts'
import { MAX_PAGE_SIZE } from '../../../shared/domain/limits.ts'
import type { Ticker } from '../maintenance/ticker.ts'
import type { Store } from '../store/store-client.ts'
import { createAlertTracker } from './alert-tracker.ts'

const LOOK_INTERVAL_MS = 10_000
const FORGET_INTERVAL_MS = 3_600_000
/** Cleared alerts are kept for this long. */
const KEPT_MS = 30 * 24 * 3_600_000
/** Most changes of one transaction. */
const SLICE = 500

export interface AlertDependencies {
  readonly store: Store
  readonly clock: Clock
  /** Whether a worker takes tasks now. */
  readonly hasActiveWorker: () => boolean
  /** Of workers that ought to call in. */
  readonly silences: () => readonly WorkerSilence[]
}

export interface Alerts {
  readonly port: AlertPort
  /** From now on, alerts are raised, cleared and in the end forgotten. */
  watch(ticker: Ticker): void
}

/** Opens the alerts of before. What timed out until now is not told of any more. */
export async function openAlerts(dependencies: AlertDependencies): Promise<Alerts> {
  const { store, clock } = dependencies
  const tracker = createAlertTracker({
    numbers: await store.numbers('alerts', null),
    lastHour: await store.read('stats', { period: '1h', now: clock.now() }),
    monotonic: clock.monotonic(),
  })
  let looking: Promise<void> = Promise.resolve()

  async function lookOnce(): Promise<void> {
    const rules = await store.read('alertRules', null)
    const now = clock.now()
    const longestCooldownMs = Math.max(...rules.map(({ cooldownMs }) => cooldownMs))
    const known = await store.read('knownAlerts', { since: now - longestCooldownMs })
    const numbers = await store.numbers('alerts', null)
    const snapshot = tracker.look({
      numbers,
      hasActiveWorker: dependencies.hasActiveWorker(),
      silences: dependencies.silences(),
      monotonic: clock.monotonic(),
    })
    const changes = evaluateAlerts(rules, snapshot, known, now)
    for (let from = 0; from < changes.length; from += SLICE)
      await store.run('applyAlerts', { changes: changes.slice(from, from + SLICE), now })
  }

  /** Looks never overlap: each must see what the one before raised. */
  function look(): Promise<void> {
    const mine = looking.then(lookOnce)
    looking = mine.catch(() => {})
    return mine
  }

  async function forget(): Promise<void> {
    const before = clock.now() - KEPT_MS
    while ((await store.run('forgetAlerts', { before, limit: SLICE })) === SLICE);
  }

  async function ruleOf(type: AlertType) {
    return (await store.read('alertRules', null)).find((rule) => rule.type === type)!
  }

  return {
    port: {
      listAlerts: ({ state }) => store.read('alerts', { state }),
      acknowledgeAlert: (id) => store.run('acknowledgeAlert', { id, now: clock.now() }),
      async alertHistory({ limit, cursor }) {
        if (limit !== undefined && !(Number.isInteger(limit) && limit >= 1 && limit <= MAX_PAGE_SIZE)) {
          const message = `limit must be a whole number from 1 to ${MAX_PAGE_SIZE}.`
          throw new BrokerError('INVALID_REQUEST', message, { path: 'limit' })
        }
        return store.read('alertHistory', { limit, cursor })
      },
      alertRules: () => store.read('alertRules', null),
      async updateAlertRule(type, changes) {
        checkAlertRule(type, changes)
        await store.run('changeAlertRule', { type, changes })
        await look()
        return ruleOf(type)
      },
    },
    watch(ticker) {
      ticker.every(LOOK_INTERVAL_MS, 'alerts', look)
      ticker.every(FORGET_INTERVAL_MS, 'forgetting of alerts', forget)
    },
  }
}
