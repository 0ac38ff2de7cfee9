import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ALERT_TYPES, type AlertRule, type AlertType } from './alert.ts'
import {
  type AlertChange,
  alertKey,
  checkAlertRule,
  DEFAULT_ALERT_RULES,
  evaluateAlerts,
  type KnownAlert,
} from './alert-rules.ts'
import type { AlertSnapshot } from './alert-snapshot.ts'

const RULES = Object.values(DEFAULT_ALERT_RULES)
const WELL: AlertSnapshot = {
  withoutWorkersMs: 0,
  depths: [],
  finished: { succeeded: 0, unsuccessful: 0 },
  silences: [],
  timeouts: [],
}
const NOW = 1_000_000_000

const changed = (type: AlertType, changes: Partial<AlertRule>): readonly AlertRule[] =>
  RULES.map((rule) => (rule.type === type ? { ...rule, ...changes } : rule))

/** What is known after the changes were made, as the store does it. */
function make(known: readonly KnownAlert[], changes: readonly AlertChange[], now: number): KnownAlert[] {
  let after = [...known]
  for (const change of changes) {
    const key = alertKey(change)
    const isIt = (alert: KnownAlert) => alert.clearedAt === null && alertKey(alert) === key
    if (change.kind === 'raise') after.push({ ...change, clearedAt: null })
    else if (change.kind === 'update')
      after = after.map((alert) => (isIt(alert) ? { ...alert, ...change } : alert))
    else after = after.map((alert) => (isIt(alert) ? { ...alert, clearedAt: now } : alert))
  }
  return after
}

const kinds = (changes: readonly AlertChange[]) => changes.map(({ kind, type }) => `${kind} ${type}`)
const look = (
  snapshot: Partial<AlertSnapshot>,
  known: readonly KnownAlert[] = [],
  now = NOW,
  inForce: readonly AlertRule[] = RULES,
) => evaluateAlerts(inForce, { ...WELL, ...snapshot }, known, now)

describe('the rules', () => {
  it('find nothing where nothing is wrong', () => {
    expect(look({})).toEqual([])
  })

  it.each<[AlertType, 'critical' | 'warning', Partial<AlertSnapshot>, Partial<AlertSnapshot>]>([
    ['NO_ACTIVE_WORKERS', 'critical', { withoutWorkersMs: 15_000 }, { withoutWorkersMs: 14_999 }],
    [
      'HIGH_QUEUE_DEPTH',
      'warning',
      { depths: [{ queue: 'q', pending: 1001 }] },
      { depths: [{ queue: 'q', pending: 1000 }] },
    ],
    [
      'HIGH_FAILURE_RATE',
      'critical',
      { finished: { succeeded: 9, unsuccessful: 10 } },
      { finished: { succeeded: 10, unsuccessful: 10 } },
    ],
    [
      'WORKER_DOWN',
      'critical',
      { silences: [{ workerId: 'w', hostname: 'h', silentMs: 300_000 }] },
      { silences: [{ workerId: 'w', hostname: 'h', silentMs: 119_999 }] },
    ],
    [
      'LOW_WORKER_HEARTBEAT',
      'warning',
      { silences: [{ workerId: 'w', hostname: 'h', silentMs: 299_999 }] },
      { silences: [{ workerId: 'w', hostname: 'h', silentMs: 119_999 }] },
    ],
    [
      'TASK_TIMEOUT',
      'warning',
      { timeouts: [{ queue: 'q', name: 'n', recent: 1, total: 9 }] },
      { timeouts: [{ queue: 'q', name: 'n', recent: 0, total: 9 }] },
    ],
  ])('raise %s, %s, from its threshold on and not before', (type, severity, wrong, right) => {
    expect(look(wrong)).toMatchObject([{ kind: 'raise', type, severity }])
    expect(look(right)).toEqual([])
    const off = look(wrong, [], NOW, changed(type, { isEnabled: false }))
    expect(off.filter((change) => change.type === type)).toEqual([])
  })

  it('judge no share of failures by a handful of tasks', () => {
    expect(look({ finished: { succeeded: 0, unsuccessful: 9 } })).toEqual([])
    expect(kinds(look({ finished: { succeeded: 0, unsuccessful: 10 } }))).toEqual(['raise HIGH_FAILURE_RATE'])
  })

  it('turn a low heartbeat into a worker that is down, and never tell both', () => {
    const low = { silences: [{ workerId: 'w', hostname: 'h', silentMs: 120_000 }] }
    const known = make([], look(low), NOW)
    const down = { silences: [{ workerId: 'w', hostname: 'h', silentMs: 300_000 }] }
    expect(kinds(look(down, known))).toEqual(['clear LOW_WORKER_HEARTBEAT', 'raise WORKER_DOWN'])
  })

  it('count a flood of timeouts as one alert', () => {
    const at = (total: number, recent: number) => ({ timeouts: [{ queue: 'q', name: 'n', recent, total }] })
    let known = make([], look(at(103, 3)), NOW)
    known = make(known, look(at(5000, 4900), known), NOW)
    expect(known).toMatchObject([{ type: 'TASK_TIMEOUT', queue: 'q', name: 'n', count: 4900, seen: 5000 }])
  })

  it('clear what a rule raised that was turned off', () => {
    const wrong = { withoutWorkersMs: 60_000 }
    const known = make([], look(wrong), NOW)
    const off = changed('NO_ACTIVE_WORKERS', { isEnabled: false })
    expect(kinds(look(wrong, known, NOW, off))).toEqual(['clear NO_ACTIVE_WORKERS'])
  })

  it('do not raise again what cools down, and do when it has', () => {
    const wrong = { withoutWorkersMs: 60_000 }
    const cleared = make(make([], look(wrong), NOW), look({}, make([], look(wrong), NOW)), NOW)
    expect(look(wrong, cleared, NOW + 299_999)).toEqual([])
    expect(kinds(look(wrong, cleared, NOW + 300_000))).toEqual(['raise NO_ACTIVE_WORKERS'])
  })

  it('are not held up by a clock that was set back', () => {
    const cleared = make([], look({ withoutWorkersMs: 60_000 }), NOW).map((alert) => ({
      ...alert,
      clearedAt: NOW,
    }))
    expect(kinds(look({ withoutWorkersMs: 60_000 }, cleared, NOW - 3_600_000))).toEqual([
      'raise NO_ACTIVE_WORKERS',
    ])
  })

  it('are refused out of range, naming the field', () => {
    expect(() => checkAlertRule('HIGH_FAILURE_RATE', { threshold: 1.5 })).toThrow('threshold')
    expect(() => checkAlertRule('HIGH_QUEUE_DEPTH', { threshold: 1.5 })).toThrow('whole')
    expect(() => checkAlertRule('HIGH_QUEUE_DEPTH', { cooldownMs: -1 })).toThrow('cooldownMs')
    expect(() => checkAlertRule('NOPE' as AlertType, {})).toThrow('type')
    expect(() => checkAlertRule('HIGH_FAILURE_RATE', { threshold: 0.25 })).not.toThrow()
  })
})

const name = fc.constantFrom('a', 'b')
const unique = { selector: (item: object) => JSON.stringify(Object.values(item).slice(0, 2)) }
const snapshots: fc.Arbitrary<AlertSnapshot> = fc.record({
  withoutWorkersMs: fc.constantFrom(0, 1000, 20_000),
  depths: fc.uniqueArray(fc.record({ queue: name, pending: fc.constantFrom(0, 1000, 1001, 9000) }), {
    selector: ({ queue }) => queue,
  }),
  finished: fc.record({ succeeded: fc.nat(30), unsuccessful: fc.nat(30) }),
  silences: fc.uniqueArray(
    fc.record({
      workerId: name,
      hostname: fc.constant('h'),
      silentMs: fc.constantFrom(0, 120_000, 299_999, 300_000),
    }),
    unique,
  ),
  timeouts: fc.uniqueArray(
    fc.record({ queue: name, name, recent: fc.nat(3), total: fc.integer({ min: 3, max: 9 }) }),
    unique,
  ),
})
const rules: fc.Arbitrary<readonly AlertRule[]> = fc
  .subarray([...ALERT_TYPES])
  .map((off) => RULES.map((rule) => ({ ...rule, isEnabled: !off.includes(rule.type) })))
const steps = fc.array(fc.record({ snapshot: snapshots, rules, afterMs: fc.nat(200_000) }), { maxLength: 12 })

describe('after any history of looks', () => {
  it('at most one alert of a kind is open, a second look changes nothing, and no alert flaps', () => {
    fc.assert(
      fc.property(steps, (history) => {
        let known: KnownAlert[] = []
        let now = NOW
        for (const { snapshot, rules: inForce, afterMs } of history) {
          now += afterMs
          const changes = evaluateAlerts(inForce, snapshot, known, now)
          for (const change of changes.filter(({ kind }) => kind === 'raise')) {
            const before = known.filter((alert) => alertKey(alert) === alertKey(change))
            expect(before.every(({ clearedAt }) => clearedAt !== null && now - clearedAt >= 300_000)).toBe(
              true,
            )
          }
          known = make(known, changes, now)
          const open = known.filter(({ clearedAt }) => clearedAt === null)
          expect(new Set(open.map(alertKey)).size).toBe(open.length)
          const isOn = (type: AlertType) => inForce.find((rule) => rule.type === type)!.isEnabled
          expect(open.every(({ type }) => isOn(type))).toBe(true)
          expect(evaluateAlerts(inForce, snapshot, known, now)).toEqual([])
        }
      }),
      { numRuns: 300 },
    )
  })

  it('everything is cleared as soon as nothing is wrong', () => {
    fc.assert(
      fc.property(snapshots, (snapshot) => {
        const known = make([], evaluateAlerts(RULES, snapshot, [], NOW), NOW)
        const after = make(known, evaluateAlerts(RULES, WELL, known, NOW), NOW)
        expect(after.every(({ clearedAt }) => clearedAt === NOW)).toBe(true)
      }),
    )
  })
})
