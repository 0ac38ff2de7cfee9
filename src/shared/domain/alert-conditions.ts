import type { AlertRule, AlertSubject, AlertType } from './alert.ts'
import type { AlertSnapshot } from './alert-snapshot.ts'

/** Something that is wrong now. */
export interface Finding extends AlertSubject {
  readonly message: string
  readonly value: number
  readonly count: number
  /** How many there have ever been, for what is counted; else 0. */
  readonly total: number
}

type Find = (rule: AlertRule, snapshot: AlertSnapshot, rules: Rules) => readonly Finding[]
type Rules = ReadonlyMap<AlertType, AlertRule>

/** Everything that is wrong now, by the rules that are on. No two findings have the same subject. */
export function findConditions(rules: Rules, snapshot: AlertSnapshot): readonly Finding[] {
  return [...rules.values()].flatMap((rule) => FINDERS[rule.type](rule, snapshot, rules))
}

const FINDERS: Readonly<Record<AlertType, Find>> = {
  NO_ACTIVE_WORKERS: ({ threshold }, { withoutWorkersMs }) =>
    withoutWorkersMs === 0 || withoutWorkersMs < threshold
      ? []
      : [finding('NO_ACTIVE_WORKERS', {}, withoutWorkersMs, 'No worker takes tasks.')],

  HIGH_QUEUE_DEPTH: ({ threshold }, { depths }) =>
    depths
      .filter(({ pending }) => pending > threshold)
      .map(({ queue, pending }) =>
        finding('HIGH_QUEUE_DEPTH', { queue }, pending, `${pending} tasks wait in queue '${queue}'.`),
      ),

  HIGH_FAILURE_RATE({ threshold, minimumCount }, { finished: { succeeded, unsuccessful } }) {
    const count = succeeded + unsuccessful
    if (count === 0 || count < minimumCount) return []
    const share = unsuccessful / count
    if (share <= threshold) return []
    const percent = Math.round(share * 100)
    const message = `${percent} % of the ${count} tasks that finished in the last hour failed.`
    return [finding('HIGH_FAILURE_RATE', {}, share, message)]
  },

  WORKER_DOWN: ({ threshold }, { silences }) =>
    silences
      .filter(({ silentMs }) => silentMs >= threshold)
      .map(({ workerId, hostname, silentMs }) =>
        finding('WORKER_DOWN', { workerId }, silentMs, `Worker ${hostname} is down: ${silence(silentMs)}.`),
      ),

  /** One that counts as down is not told of twice. */
  LOW_WORKER_HEARTBEAT({ threshold }, { silences }, rules) {
    const down = rules.get('WORKER_DOWN')?.threshold ?? Number.POSITIVE_INFINITY
    return silences
      .filter(({ silentMs }) => silentMs >= threshold && silentMs < down)
      .map(({ workerId, hostname, silentMs }) =>
        finding('LOW_WORKER_HEARTBEAT', { workerId }, silentMs, `Worker ${hostname}: ${silence(silentMs)}.`),
      )
  },

  TASK_TIMEOUT: ({ threshold }, { timeouts }) =>
    timeouts
      .filter(({ recent }) => recent > 0 && recent >= threshold)
      .map(({ queue, name, recent, total }) => ({
        ...finding(
          'TASK_TIMEOUT',
          { queue, name },
          recent,
          `Tasks '${name}' of queue '${queue}' timed out: ${recent} in the last five minutes.`,
        ),
        count: recent,
        total,
      })),
}

function finding(
  type: AlertType,
  subject: Partial<Omit<AlertSubject, 'type'>>,
  value: number,
  message: string,
): Finding {
  return { type, queue: null, workerId: null, name: null, ...subject, value, message, count: 1, total: 0 }
}

const silence = (ms: number) => `not heard of for ${Math.floor(ms / 1000)} s`
