import { describe } from 'vitest'
import type { Capabilities } from '../../src/shared/domain/capabilities.ts'
import { alertCases } from './alert-cases.ts'
import { bulkCases } from './bulk-cases.ts'
import { cancelCases } from './cancel-cases.ts'
import { capabilityCases } from './capability-cases.ts'
import { controlCases } from './control-cases.ts'
import { deadLetterCases } from './dead-letter-cases.ts'
import { deleteCases } from './delete-cases.ts'
import { eventCases } from './event-cases.ts'
import { externalWorkerCases } from './external-worker-cases.ts'
import { leaseCases } from './lease-cases.ts'
import { leasingCases } from './leasing-cases.ts'
import { listCases } from './list-cases.ts'
import { localPoolCases } from './local-pool-cases.ts'
import { numberCases } from './number-cases.ts'
import { has, type OpenBroker } from './open-broker.ts'
import { queueCases } from './queue-cases.ts'
import { queueSettingsCases } from './queue-settings-cases.ts'
import { RELATED_HANDLERS } from './related-handlers.ts'
import { replayCases } from './replay-cases.ts'
import { resilienceCases } from './resilience-cases.ts'
import { retryCases } from './retry-cases.ts'
import { runCases } from './run-cases.ts'
import { scheduleCases } from './schedule-cases.ts'
import { searchCases } from './search-cases.ts'
import { submitCases } from './submit-cases.ts'
import { subtaskCases } from './subtask-cases.ts'
import { workerCases } from './worker-cases.ts'
import { workflowCases } from './workflow-cases.ts'
import { workflowEndCases } from './workflow-end-cases.ts'

/** The handlers that every broker under test has to have. */
export const TASK_FILES: Readonly<Record<string, string>> = {
  'handlers.ts': `
    import { defineTask, type TaskContext, type TaskInput } from 'penstock/tasks'

    export function echo({ args, kwargs }: TaskInput) {
      return { args, kwargs }
    }
    export function explode({ kwargs }: TaskInput) {
      throw new RangeError(String(kwargs.message ?? 'boom'), { cause: new Error('the cause') })
    }
    export function hopeless() {
      throw Object.assign(new Error('no use'), { retry: false })
    }
    /** Fails as often as asked, each time wanting the next attempt at once. */
    export function flaky({ kwargs }: TaskInput, context: TaskContext) {
      if (context.attempt <= Number(kwargs.failures)) throw Object.assign(new Error('try ' + context.attempt), { retryAfterMs: 0 })
      return context.attempt
    }
    export async function untilAborted(_input: TaskInput, context: TaskContext) {
      context.progress(0.1, { stage: 'waiting' })
      await new Promise((_resolve, reject) => {
        const keepAlive = setInterval(() => {}, 1000)
        context.signal.addEventListener('abort', () => { clearInterval(keepAlive); reject(context.signal.reason) })
      })
    }
    export async function savesItsPlace(_input: TaskInput, context: TaskContext) {
      if (context.checkpointed !== null) return context.checkpointed
      context.checkpoint({ place: 1 })
      context.checkpoint({ place: 7 })
      context.progress(0.5)
      await new Promise((_resolve, reject) => {
        const keepAlive = setInterval(() => {}, 1000)
        context.signal.addEventListener('abort', () => { clearInterval(keepAlive); reject(context.signal.reason) })
      })
    }
    export function savesThenFails(_input: TaskInput, context: TaskContext) {
      if (context.checkpointed !== null) return context.checkpointed
      context.checkpoint(['saved', (JSON as any).rawJSON('9007199254740993')])
      throw Object.assign(new Error('once'), { retryAfterMs: 0 })
    }
    export const nap = ({ kwargs }: TaskInput) => new Promise((done) => setTimeout(done, Number(kwargs.ms)))
    export function spin(_input: TaskInput, context: TaskContext) {
      context.progress(0)
      for (;;);
    }
    export function talkative(_input: TaskInput, context: TaskContext) {
      context.log.info('one', { two: 2 })
      console.error('three')
      context.progress(0.25, { stage: 'first', message: 'a quarter' })
      context.progress(1, { stage: 'last' })
    }
    export function whoAmI(_input: TaskInput, { id, name, queue, attempt, metadata }: TaskContext) {
      return { id, name, queue, attempt, metadata }
    }
    export const strict = defineTask({
      name: 'strict_input',
      timeoutMs: 1234,
      maxRetries: 7,
      input: { parse(value: any) { if (typeof value.kwargs.width !== 'number') throw new Error('width must be a number'); return value } },
      run: ({ kwargs }) => kwargs.width,
    })
    export const returnsUndefined = () => undefined
    export const returnsFunction = () => () => 1
    export const returnsCircle = () => { const circle: any = {}; circle.self = circle; return circle }
    export const returnsTooMuch = () => 'x'.repeat(2_000_000)
    ${RELATED_HANDLERS}
  `,
}

/** The suite in parts, so that a runner can spread it over processes. */
const PARTS = {
  tasks: [submitCases, runCases, retryCases, cancelCases, controlCases, replayCases, deleteCases],
  queues: [deadLetterCases, queueCases, queueSettingsCases, listCases, searchCases, bulkCases, numberCases],
  workers: [workerCases, localPoolCases, externalWorkerCases, leasingCases, leaseCases],
  workflows: [workflowCases, workflowEndCases, subtaskCases, scheduleCases],
  watching: [eventCases, alertCases, resilienceCases],
} as const satisfies Readonly<Record<string, readonly ((open: OpenBroker) => void)[]>>

/** What all cases of one kind need. */
const NEEDS: ReadonlyMap<(open: OpenBroker) => void, keyof Capabilities> = new Map([
  [externalWorkerCases, 'externalWorkers'],
  [leasingCases, 'externalWorkers'],
  [leaseCases, 'externalWorkers'],
])

export type SuitePart = keyof typeof PARTS
export const SUITE_PARTS = Object.keys(PARTS) as readonly SuitePart[]

/**
 * What every broker promises, as cases (`Broker` in src/shared/domain/broker.ts). Takes a factory, so
 * that each implementation is held to the same words.
 */
export function describeBroker(name: string, open: OpenBroker, parts: readonly SuitePart[]): void {
  describe(name, () => {
    for (const part of parts)
      for (const cases of PARTS[part]) if (has(open, NEEDS.get(cases) ?? 'submit')) cases(open)
    if (parts.includes('watching')) capabilityCases(open)
  })
}
