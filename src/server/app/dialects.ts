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
 * The dialects of one listener.
 * @throws SetupError for a name that is none, and for dialects whose routes collide.
 */
export function chooseDialects(names: readonly string[]): readonly Dialect[] {
  const chosen = [...new Set(names)].map((name) => {
    const dialect = DIALECTS.find((candidate) => candidate.name === name)
    if (dialect === undefined)
      throw new SetupError(`There is no dialect '${name}'. Choose from ${DIALECT_NAMES.join(', ')}.`)
    return dialect
  })
  const [collision] = findRouteCollisions(chosen)
  if (collision !== undefined)
    throw new SetupError(
      `The dialects ${collision.dialects.join(' and ')} cannot share a port: both answer ${collision.operations[0]}. ` +
        'Give each a port of its own.',
    )
  return chosen
}
