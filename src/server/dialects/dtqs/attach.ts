import * as z from 'zod'
import type { BrokerHealth } from '../../../shared/domain/broker.ts'
import { COMPONENTS } from '../../../shared/domain/resilience.ts'
import type { AttachedBroker, AttachOptions } from '../../attach/attach-options.ts'
import { firstAnswer } from '../../attach/first-answer.ts'
import { createJsonCalls } from '../../attach/json-calls.ts'
import { limitBroker } from '../../attach/limit-broker.ts'
import { refuseEvents } from '../../attach/no-events.ts'
import { dtqsCapabilities, dtqsCoverage, NO_EVENTS } from './abilities.ts'
import { alertCalls } from './alert-calls.ts'
import { bulkCalls } from './bulk-calls.ts'
import { figureCalls } from './figure-calls.ts'
import { refusalOf } from './refusal-of.ts'
import { resilienceCalls } from './resilience-calls.ts'
import { taskCalls } from './task-calls.ts'
import { workerCalls } from './worker-calls.ts'
import { workflowCalls } from './workflow-calls.ts'

const word = z.string().max(200)
const toldHealth = z.object({
  status: z.enum(['healthy', 'degraded', 'unhealthy']),
  version: word,
  checks: z.record(word, word),
})

/**
 * Attaches to a server that speaks `dtqs` (spec: dtqs.md). One whose health checks all five components of
 * docs/dialects.md also has what that page adds to the document; any other is held to the document alone.
 * @throws AttachError when it cannot be reached, refuses, or is something else; INVALID_REQUEST for an
 *   address that is none.
 */
export async function attachDtqs(options: AttachOptions): Promise<AttachedBroker> {
  const calls = createJsonCalls({ ...options, refusalOf, kind: 'a server that speaks dtqs' })
  const { clock } = options
  const attachedAt = clock.now()
  const readHealth = () => calls.read(toldHealth, { path: '/api/v1/health' })
  const { checks, version } = await firstAnswer(calls, readHealth)
  const isWide = COMPONENTS.every((name) => Object.hasOwn(checks, name))
  const broker = limitBroker({
    capabilities: dtqsCapabilities(isWide),
    coverage: dtqsCoverage(isWide),
    calls: {
      async health(): Promise<BrokerHealth> {
        const { status, checks: told } = await readHealth()
        const detail = told['database'] ?? null
        return {
          status,
          startedAt: attachedAt,
          components: [{ name: 'store', isHealthy: detail !== 'unhealthy', detail }],
        }
      },
      ...taskCalls(calls, { clock, isWide }),
      ...workerCalls(calls, { clock, isWide }),
      ...figureCalls(calls, { clock, isWide }),
      ...alertCalls(calls, isWide),
      ...workflowCalls(calls),
      ...bulkCalls(calls, clock),
      ...resilienceCalls(calls, clock),
    },
    subscribe: () => refuseEvents(NO_EVENTS),
    [Symbol.asyncDispose]: async () => calls.http.close(),
  })
  return { ...broker, serverVersion: version }
}
