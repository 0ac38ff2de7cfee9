import type { Broker } from '../../shared/domain/broker.ts'
import type { Capabilities, Coverage } from '../../shared/domain/capabilities.ts'
import { BrokerError } from '../../shared/domain/errors.ts'
import { findJsonExcess, NO_ARGS, NO_KWARGS } from '../../shared/domain/json.ts'
import { DEFAULT_PRIORITY, DEFAULT_QUEUE } from '../../shared/domain/limits.ts'
import type { SubmitTask } from '../../shared/domain/task.ts'
import { BROKER_METHODS, type BrokerMethod, lackOf } from './lack-of.ts'

/** The calls that an attached system answers; what needs a capability that it lacks is never asked of it. */
export type AnsweredCalls = Partial<Pick<Broker, BrokerMethod>> & Pick<Broker, 'health'>

interface LimitOptions extends Pick<Broker, 'subscribe' | typeof Symbol.asyncDispose> {
  readonly capabilities: Capabilities
  readonly coverage: Coverage
  readonly calls: AnsweredCalls
  readonly originOf?: Broker['originOf']
}

/**
 * A whole broker of what a system can do: everything else is refused as NOT_SUPPORTED with the reason that
 * its capabilities give, before anything is sent.
 */
export function limitBroker({ capabilities, coverage, calls, ...rest }: LimitOptions): Broker {
  const known = { capabilities, coverage }
  const limited = Object.fromEntries(
    BROKER_METHODS.map((method) => {
      const answer = calls[method] as ((...parameters: unknown[]) => Promise<unknown>) | undefined
      const call = async (...asked: unknown[]) => {
        const parameters =
          method === 'submit'
            ? [(asked[0] as readonly SubmitTask[]).map((task) => withoutDefaults(task, coverage))]
            : asked
        const lack = lackOf(method, parameters as never, known)
        if (lack !== null) throw notSupported(method, lack)
        if (method === 'submit') checkInputs(parameters[0] as readonly SubmitTask[])
        if (answer === undefined) throw notSupported(method, 'This system has no such call.')
        return answer(...parameters)
      }
      return [method, call]
    }),
  ) as Pick<Broker, BrokerMethod>
  return {
    ...limited,
    mayWaitForResults: async () => true,
    capabilities,
    coverage,
    originOf: rest.originOf ?? (() => ({ kind: 'live' })),
    subscribe: rest.subscribe,
    [Symbol.asyncDispose]: rest[Symbol.asyncDispose],
  }
}

/** What is said as it is anyway asks for nothing: a face may name defaults that its caller left out. */
function withoutDefaults(task: SubmitTask, { submitFields }: Coverage): SubmitTask {
  const isSaid = ([field, value]: [string, unknown]) =>
    value !== undefined && (submitFields.includes(field as keyof SubmitTask) || !isDefault(field, value))
  return Object.fromEntries(Object.entries(task).filter(isSaid)) as unknown as SubmitTask
}

function isDefault(field: string, value: unknown): boolean {
  switch (field) {
    case 'args':
      return value === NO_ARGS
    case 'kwargs':
      return value === NO_KWARGS
    case 'priority':
      return value === DEFAULT_PRIORITY
    case 'queue':
      return value === DEFAULT_QUEUE
    case 'metadata':
      return Object.keys(value as object).length === 0
    default:
      return false
  }
}

/** Input that no broker takes is not sent anywhere. @throws INVALID_REQUEST */
function checkInputs(tasks: readonly SubmitTask[]): void {
  for (const [index, task] of tasks.entries())
    for (const field of ['args', 'kwargs'] as const) {
      const excess = task[field] === undefined ? null : findJsonExcess(task[field])
      const path = tasks.length === 1 ? field : `tasks[${index}].${field}`
      if (excess !== null)
        throw new BrokerError('INVALID_REQUEST', `'${path}' is too much: ${excess}.`, { path })
    }
}

function notSupported(operation: BrokerMethod, reason: string): BrokerError<'NOT_SUPPORTED'> {
  return new BrokerError('NOT_SUPPORTED', reason, { operation })
}
