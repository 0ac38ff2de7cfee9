import type { SystemStatus } from '../../../shared/contract/contract.ts'
import type { Broker, EventSubscription } from '../../../shared/domain/broker.ts'
import type { Capabilities } from '../../../shared/domain/capabilities.ts'
import { BrokerError } from '../../../shared/domain/errors.ts'
import { AttachError } from '../attach-error.ts'
import type { AttachedBroker, AttachOptions } from '../attach-options.ts'
import { createCallRules } from '../call-rules.ts'
import { firstAnswer } from '../first-answer.ts'
import { formatRemoteAddress, parseRemoteAddress } from '../remote-address.ts'
import { createRemoteHttp } from '../remote-http.ts'
import { systemStatus } from './answers/system-answers.ts'
import { attachPlansAndHealth } from './attach-plans-and-health.ts'
import { attachQueuesAndWorkers } from './attach-queues-and-workers.ts'
import { attachSubscription, type EventsState } from '../attach-subscription.ts'
import { attachTasks } from './attach-tasks.ts'
import { compareVersions } from './compare-versions.ts'
import { createContractCalls } from './contract-calls.ts'
import { createContractClient } from './contract-link.ts'
import { createOpenEvents } from './open-events.ts'

export interface AttachContractOptions extends Omit<AttachOptions, 'clock'> {
  /** Of this Penstock; the other one must be able to talk to it. */
  readonly version: string
  /** Told when a stream of events is lost, and when it is there again. */
  readonly onEvents?: ((state: EventsState) => void) | undefined
}

/** Another Penstock, reached through the contract of its window. */
export interface AttachedPenstock extends AttachedBroker {
  /** As it was when it was attached. */
  readonly status: SystemStatus
}

const LEASES_ELSEWHERE =
  'Workers lease from the server itself: let them register at its own address, with the dialect taskqueue.'

/**
 * Attaches to another Penstock through its contract: everything its window can do, and its events.
 * @throws AttachError when it cannot be reached, refuses, is something else, or too old or new;
 *   INVALID_REQUEST for an address that is none.
 */
export async function attachContract(options: AttachContractOptions): Promise<AttachedPenstock> {
  const address = parseRemoteAddress(options.address)
  const shown = formatRemoteAddress(address)
  const http = createRemoteHttp({ address, apiKey: options.apiKey, limits: options.limits })
  const client = createContractClient(http, options.apiKey !== null)
  const calls = createContractCalls({ client, rules: createCallRules(options), shown })
  const status = await firstAnswer({ http, shown, kind: 'a Penstock' }, async () => {
    const told = await calls.read('system.status', systemStatus, ({ system }, o) =>
      system.status(undefined, o),
    )
    checkVersion(told.version, options.version, shown)
    return told
  })
  const subscriptions = new Set<EventSubscription>()
  return {
    status,
    serverVersion: status.version,
    capabilities: withoutLeases(status.capabilities),
    coverage: status.coverage,
    ...attachTasks(calls),
    ...attachQueuesAndWorkers(calls),
    ...attachPlansAndHealth(calls),
    ...refusedLeases,
    subscribe({ after, filter = {} }) {
      const subscription = attachSubscription({
        open: createOpenEvents({ client, calls, shown, after, filter }),
        random: options.random,
        wait: options.wait,
        onState: (state) => options.onEvents?.(state),
        onClose: () => subscriptions.delete(subscription),
      })
      subscriptions.add(subscription)
      return subscription
    },
    async [Symbol.asyncDispose]() {
      for (const subscription of subscriptions) subscription.close()
      http.close()
    },
  }
}

function checkVersion(theirs: string, ours: string, shown: string): void {
  const order = compareVersions(theirs, ours)
  if (order === null)
    throw new AttachError('wrong_server', `${shown} names a version that is none; it is no Penstock.`)
  if (order === 'same') return
  const [problem, advice] =
    order === 'older'
      ? (['too_old', 'Update that one.'] as const)
      : (['too_new', 'Update this one.'] as const)
  throw new AttachError(
    problem,
    `${shown} is Penstock ${theirs}, this is ${ours}: they do not go together. ${advice}`,
  )
}

function withoutLeases(capabilities: Capabilities): Capabilities {
  return { ...capabilities, externalWorkers: { available: false, reason: LEASES_ELSEWHERE } }
}

const refuseLease = (operation: string) => async () => {
  throw new BrokerError('NOT_SUPPORTED', LEASES_ELSEWHERE, { operation })
}

const refusedLeases = {
  registerWorker: refuseLease('registerWorker'),
  heartbeat: refuseLease('heartbeat'),
  setWorkerStatus: refuseLease('setWorkerStatus'),
  leaseTasks: refuseLease('leaseTasks'),
  renewLeases: refuseLease('renewLeases'),
  startTask: refuseLease('startTask'),
  reportProgress: refuseLease('reportProgress'),
  writeLog: refuseLease('writeLog'),
  saveCheckpoint: refuseLease('saveCheckpoint'),
  completeTask: refuseLease('completeTask'),
  failTask: refuseLease('failTask'),
  releaseTask: refuseLease('releaseTask'),
} satisfies Partial<Broker>
