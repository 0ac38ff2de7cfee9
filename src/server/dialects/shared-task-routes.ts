import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Broker } from '../../shared/domain/broker.ts'
import type { Task, TaskReceipt } from '../../shared/domain/task.ts'
import { pathParameter } from './dialect.ts'
import { invalidField } from './read-input.ts'

/** What `dtqs` and `taskmanager` both document. On one port they answer these together. */
export const SHARED_TASK_OPERATIONS = ['POST /api/v1/tasks', 'GET /api/v1/tasks/:task_id'] as const

export type SharedTaskOperation = (typeof SHARED_TASK_OPERATIONS)[number]

/** What came of a submit: its receipt, or the task itself when the request waited for it. */
export type Submitted = { readonly receipt: TaskReceipt } | { readonly task: Task }

/** One dialect's part in the shared routes. A field that several of them have has one value in all. */
export interface TaskRoutes {
  /** Fields of a submit that mean this dialect and no other. */
  readonly ownFields: readonly string[]
  /** Does what the body asks for, in this dialect's words, and sets the status. */
  submit(request: FastifyRequest, reply: FastifyReply): Promise<Submitted>
  /** Looks at a request to read one task before it is answered; `isShared` when it may be another dialect's. */
  onRead?(request: FastifyRequest, reply: FastifyReply, isShared: boolean): void
  toReceipt(receipt: TaskReceipt): object
  toTask(task: Task): object | Promise<object>
}

const DECORATOR = 'sharedTaskRoutes'

/**
 * Takes part in the shared routes of this server. Fields of the body pick the dialect that acts on a
 * submit, the first that joined where none does; answers carry the fields of all of them.
 */
export function joinTaskRoutes(app: FastifyInstance, broker: Broker, routes: TaskRoutes): void {
  if (app.hasDecorator(DECORATOR)) {
    app.getDecorator<TaskRoutes[]>(DECORATOR).push(routes)
    return
  }
  const joined = [routes]
  app.decorate(DECORATOR, joined)
  const toTask = async (task: Task): Promise<object> =>
    Object.assign({}, ...(await Promise.all(joined.map(async (each) => each.toTask(task)))))

  const handlers: Readonly<
    Record<SharedTaskOperation, (request: FastifyRequest, reply: FastifyReply) => unknown>
  > = {
    'POST /api/v1/tasks': async (request, reply) => {
      const submitted = await pickByFields(joined, request.body).submit(request, reply)
      return 'task' in submitted
        ? toTask(submitted.task)
        : Object.assign({}, ...joined.map((each) => each.toReceipt(submitted.receipt)))
    },
    'GET /api/v1/tasks/:task_id': async (request, reply) => {
      for (const each of joined) each.onRead?.(request, reply, joined.length > 1)
      return toTask(await broker.getTask(pathParameter(request, 'task_id')))
    },
  }
  for (const [operation, handler] of Object.entries(handlers)) {
    const [method, url] = operation.split(' ') as [string, string]
    app.route({ method, url, handler })
  }
}

/**
 * Whose words a submit uses. With one dialect on the port nothing is told apart.
 * @throws INVALID_REQUEST naming the fields that clash.
 */
export function pickByFields<Routes extends Pick<TaskRoutes, 'ownFields'>>(
  joined: readonly Routes[],
  body: unknown,
): Routes {
  const first = joined[0]!
  if (joined.length === 1 || typeof body !== 'object' || body === null) return first
  const meant = joined.flatMap((routes) => {
    const fields = routes.ownFields.filter((field) => Object.hasOwn(body, field))
    return fields.length === 0 ? [] : [{ routes, fields }]
  })
  if (meant.length > 1) {
    const [one, other] = meant.map(({ fields }) => fields.map((field) => `'${field}'`).join(', '))
    throw invalidField(
      meant[1]!.fields[0]!,
      `${one} and ${other} belong to two different kinds of client; send the ones or the others`,
    )
  }
  return meant[0]?.routes ?? first
}
