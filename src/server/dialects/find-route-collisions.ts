import type { Dialect } from './dialect.ts'

/** Two dialects that answer the same request. */
export interface RouteCollision {
  readonly dialects: readonly [string, string]
  /** As each of them writes it. */
  readonly operations: readonly [string, string]
}

/**
 * Routes that several of `dialects` claim and do not share, so that they cannot be on one port. Names of parameters and
 * trailing slashes make no difference.
 */
export function findRouteCollisions(
  dialects: readonly Pick<Dialect, 'name' | 'operations' | 'sharedOperations'>[],
): readonly RouteCollision[] {
  const owners = new Map<string, { dialect: string; operation: string; isShared: boolean }>()
  const collisions: RouteCollision[] = []
  for (const { name, operations, sharedOperations = [] } of dialects) {
    for (const operation of operations) {
      const key = shapeOf(operation)
      const isShared = sharedOperations.includes(operation)
      const owner = owners.get(key)
      if (owner === undefined) owners.set(key, { dialect: name, operation, isShared })
      else if (owner.dialect !== name && !(owner.isShared && isShared))
        collisions.push({ dialects: [owner.dialect, name], operations: [owner.operation, operation] })
    }
  }
  return collisions
}

function shapeOf(operation: string): string {
  return operation.replace(/:[^/]+/g, ':').replace(/(?<=[^ ])\/$/, '')
}
