import { ORPCError, type ClientContext, type ClientLink } from '@orpc/client'
import type { SystemStatus } from '../../../shared/contract/contract.ts'
import { type Capabilities, type CapabilityName, reasonOf } from '../../../shared/domain/capabilities.ts'

/** What a call, or a group of them, needs; the rest is answered by every broker. */
const NEEDS: Readonly<Record<string, CapabilityName>> = {
  overview: 'overview',
  stats: 'stats',
  trends: 'trends',
  taskTotals: 'taskTotals',
  handlers: 'handlers',
  checkInput: 'handlers',
  events: 'events',
  'tasks.list': 'listTasks',
  'tasks.listFull': 'listInputs',
  'tasks.count': 'countTasks',
  'tasks.get': 'readTasks',
  'tasks.getByNumber': 'taskNumbers',
  'tasks.attempts': 'attempts',
  'tasks.progress': 'progress',
  'tasks.logs': 'logs',
  'tasks.subtasks': 'subtasks',
  'tasks.submit': 'submit',
  'tasks.cancel': 'cancel',
  'tasks.pause': 'pauseTasks',
  'tasks.resume': 'pauseTasks',
  'tasks.update': 'updateTasks',
  'tasks.replay': 'replay',
  'tasks.delete': 'deleteTasks',
  bulk: 'bulk',
  queues: 'queues',
  'queues.setPaused': 'pauseQueues',
  'queues.update': 'queueSettings',
  'queues.purge': 'purgeQueues',
  'deadLetters.groups': 'failureGroups',
  deadLetters: 'deadLetters',
  workers: 'workers',
  workflows: 'workflows',
  schedules: 'schedules',
  alerts: 'alerts',
  'alerts.rules': 'alertRules',
  'alerts.updateRule': 'alertRules',
  resilience: 'resilience',
}

/** What no broker elsewhere is asked. */
const OWN_BUSINESS: Readonly<Record<string, string>> = {
  sample: 'The sample load is for the local broker alone.',
}

/**
 * A way to a broker elsewhere on which nothing is sent that it cannot answer: pages ask for all they show, and
 * whatever is lacking is refused here with its reason. What it can do is asked with the first call.
 */
export function refuseLacking(link: ClientLink<ClientContext>): ClientLink<ClientContext> {
  let known: Promise<Capabilities> | null = null
  const askStatus = async () => {
    // The answer of this very procedure.
    const { capabilities } = (await link.call(['system', 'status'], undefined, {
      context: {},
    })) as SystemStatus
    return capabilities
  }
  const learn = () =>
    (known ??= askStatus().catch((error: unknown) => {
      known = null
      throw error
    }))
  return {
    async call(path, input, options) {
      const operation = path.join('.')
      const own = OWN_BUSINESS[path[0] ?? '']
      if (own !== undefined) throw notSupported(operation, own)
      const name = NEEDS[operation] ?? NEEDS[path[0] ?? '']
      if (name !== undefined) {
        const reason = reasonOf((await learn())[name])
        if (reason !== null) throw notSupported(operation, reason)
      }
      const answer = await link.call(path, input, options)
      if (operation === 'system.status') known = Promise.resolve((answer as SystemStatus).capabilities)
      return answer
    },
  }
}

function notSupported(operation: string, message: string) {
  return new ORPCError('REFUSED', {
    status: 422,
    message,
    data: { code: 'NOT_SUPPORTED', details: { operation } },
  })
}
