import type { FastifyReply } from 'fastify'
import type * as z from 'zod'
import type { Broker } from '../../shared/domain/broker.ts'
import { toJsonText } from '../../shared/domain/json.ts'
import type { TaskState } from '../../shared/domain/state.ts'
import type { LeasedTask, TaskLease } from '../../shared/domain/worker-port.ts'
import type { Worker } from '../../shared/domain/worker.ts'
import { hangUpOf } from './hang-up.ts'
import { leaseWhenDue } from './lease-when-due.ts'
import { readInput } from './read-input.ts'
import {
  checkpointBody,
  completeBody,
  failBody,
  holderBody,
  leaseBody,
  logBody,
  progressBody,
  toFailure,
} from './work-fields.ts'

/** Who holds which task, and what is said of it, as it came. */
export interface Saying {
  readonly workerId: string
  readonly taskId: string
  readonly body: unknown
}

/** Answers how the task stands then. @throws INVALID_REQUEST, LEASE_LOST */
type Say = (saying: Saying) => Promise<TaskState>

/** What a worker may say of a task that it holds, in every dialect in which workers lease. */
export type HeldTaskWord = 'start' | 'progress' | 'log' | 'checkpoint' | 'complete' | 'fail' | 'release'

export function heldTasks(broker: Broker): Readonly<Record<HeldTaskWord, Say>> {
  const say =
    <Body extends { readonly lease_token: string }>(
      schema: z.ZodType<Body>,
      act: (workerId: string, lease: TaskLease, body: Body) => Promise<TaskState | void>,
    ): Say =>
    async ({ workerId, taskId, body: given }) => {
      const body = readInput(schema, given)
      // What does not end the attempt leaves the task as it is.
      return (await act(workerId, { taskId, leaseToken: body.lease_token }, body)) ?? 'running'
    }
  return {
    start: say(holderBody, (workerId, lease) => broker.startTask(workerId, lease)),
    progress: say(progressBody, (workerId, lease, { fraction, stage, message }) =>
      broker.reportProgress(workerId, lease, { fraction, stage, message }),
    ),
    log: say(logBody, (workerId, lease, { lines }) => broker.writeLog(workerId, lease, lines)),
    checkpoint: say(checkpointBody, (workerId, lease, { data }) =>
      broker.saveCheckpoint(workerId, lease, toJsonText(data)),
    ),
    complete: say(completeBody, (workerId, lease, { result }) =>
      broker.completeTask(workerId, lease, toJsonText(result)),
    ),
    fail: say(failBody, (workerId, lease, body) => broker.failTask(workerId, lease, toFailure(body))),
    release: say(holderBody, (workerId, lease) => broker.releaseTask(workerId, lease)),
  }
}

/**
 * Leases what a worker asks for, waiting as long as it wants to.
 * @throws INVALID_REQUEST, and what finding the worker throws
 */
export async function leaseAsAsked(
  broker: Broker,
  {
    body,
    findWorker,
    reply,
  }: {
    readonly body: unknown
    readonly findWorker: () => Promise<Worker>
    readonly reply: FastifyReply
  },
): Promise<readonly LeasedTask[]> {
  const { limit, lease_seconds, wait_seconds } = readInput(leaseBody, body)
  return leaseWhenDue(broker, await findWorker(), {
    limit,
    leaseMs: Math.round(lease_seconds * 1000),
    waitMs: Math.round(wait_seconds * 1000),
    signal: hangUpOf(reply),
  })
}
