import type { Dialect } from './dialect.ts'

/** Two dialects that answer the same request. */
export interface RouteCollision {
  readonly dialects: readonly [string, string]
  /** As each of them writes it. */
  readonly operations: readonly [string, string]
}

/**
 * Routes that several of `dialects` claim, which therefore cannot share a port. Names of parameters and
 * trailing slashes make no difference.
 */
export function findRouteCollisions(
  dialects: readonly Pick<Dialect, 'name' | 'operations'>[],
): readonly RouteCollision[] {
  const owners = new Map<string, { dialect: string; operation: string }>()
  const collisions: RouteCollision[] = []
  for (const { name, operations } of dialects) {
    for (const operation of operations) {
      const key = shapeOf(operation)
      const owner = owners.get(key)
      if (owner === undefined) owners.set(key, { dialect: name, operation })
      else if (owner.dialect !== name)
        collisions.push({ dialects: [owner.dialect, name], operations: [owner.operation, operation] })
    }
  }
  return collisions
}

function shapeOf(operation: string): string {
  return operation.replace(/:[^/]+/g, ':').replace(/(?<=[^ ])\/$/, '')
}
