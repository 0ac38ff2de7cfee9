import { asynq } from '../dialects/asynq/serve.ts'
import type { Dialect } from '../dialects/dialect.ts'
import { dtqs } from '../dialects/dtqs/serve.ts'
import { findRouteCollisions } from '../dialects/find-route-collisions.ts'
import { taskmanager } from '../dialects/taskmanager/serve.ts'
import { taskqueue } from '../dialects/taskqueue/serve.ts'
import { turbine } from '../dialects/turbine/serve.ts'
import { SetupError } from './setup-error.ts'

const DIALECTS: readonly Dialect[] = [turbine, asynq, dtqs, taskmanager, taskqueue]

const DIALECT_NAMES: readonly string[] = DIALECTS.map(({ name }) => name)

/**
 * The dialects of one listener, in an order of their own: where two share a route, the first has the word.
 * @throws SetupError for a name that is none, and for dialects whose routes collide.
 */
export function chooseDialects(names: readonly string[]): readonly Dialect[] {
  const unknown = names.find((name) => !DIALECT_NAMES.includes(name))
  if (unknown !== undefined)
    throw new SetupError(`There is no dialect '${unknown}'. Choose from ${DIALECT_NAMES.join(', ')}.`)
  const chosen = DIALECTS.filter(({ name }) => names.includes(name))
  const [collision] = findRouteCollisions(chosen)
  if (collision !== undefined)
    throw new SetupError(
      `The dialects ${collision.dialects.join(' and ')} cannot share a port: both answer ${collision.operations[0]}. ` +
        'Give each a port of its own.',
    )
  return chosen
}
