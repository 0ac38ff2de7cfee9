import type { Component, DegradationMark } from '../../../../shared/domain/resilience.ts'
import type { ClaimThrottle } from '../claim-brake.ts'
import type { ClaimOrders } from '../claim-orders.ts'
import type { CommandContext } from './command-context.ts'

/** Keeps the marks of ailing components. */
export function prepareDegradations({ db }: CommandContext, orders: Pick<ClaimOrders, 'throttle'>) {
  const set = db.prepare('INSERT OR REPLACE INTO degradations (component, mark) VALUES (?, ?)')
  const remove = db.prepare('DELETE FROM degradations WHERE component = ?')

  return {
    setDegradation: ({ mark }: { readonly mark: DegradationMark }): void =>
      void set.run(mark.component, JSON.stringify(mark)),
    /** @returns whether there was a mark. */
    clearDegradation: ({ component }: { readonly component: Component }): boolean =>
      remove.run(component).changes === 1,
    /** Null lets claims go on as fast as they can. */
    throttleClaims: ({ throttle }: { readonly throttle: ClaimThrottle | null }): void =>
      orders.throttle(throttle),
  }
}
