import type { BrokerHealth } from '../../../shared/domain/broker.ts'
import type { LiveConnection } from '../../live/apply-batch.ts'

export interface HealthLook {
  readonly tone: 'good' | 'waiting' | 'warning' | 'bad'
  /** At most twelve letters: the pill does not grow. */
  readonly word: string
  /** For the hover card; null when the word says it all. */
  readonly detail: string | null
}

/** What the health pill says. A lost connection hides what the broker last said about itself. */
export function describeHealth(connection: LiveConnection, health: BrokerHealth | undefined): HealthLook {
  if (connection.status === 'connecting') return { tone: 'waiting', word: 'Connecting', detail: null }
  if (connection.status === 'lost') {
    const detail = 'The broker does not answer. What is shown is as it was; it is caught up with on return.'
    return { tone: 'waiting', word: 'Reconnecting', detail }
  }
  if (health === undefined || health.status === 'healthy')
    return { tone: 'good', word: 'Connected', detail: null }
  const parts = health.components.filter(({ isHealthy }) => !isHealthy)
  const detail = parts
    .map(({ name, detail: reason }) => (reason === null ? name : `${name}: ${reason}`))
    .join('; ')
  return health.status === 'degraded'
    ? { tone: 'warning', word: 'Degraded', detail }
    : { tone: 'bad', word: 'Unhealthy', detail }
}

const WHILE_WELL_MS = 10_000
const WHILE_NOT_MS = 2000

/** How long the last answer holds, in milliseconds. A part that was only late to answer is well again at once. */
export function askHealthAfterMs(health: BrokerHealth | undefined): number {
  return health === undefined || health.status === 'healthy' ? WHILE_WELL_MS : WHILE_NOT_MS
}
