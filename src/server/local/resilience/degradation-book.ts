import type { Clock } from '../../../shared/domain/clock.ts'
import { findThrottle, isStanding } from '../../../shared/domain/degradation.ts'
import { type Component, COMPONENTS, type DegradationMark } from '../../../shared/domain/resilience.ts'
import type { Store } from '../store/store-client.ts'

/** The marks, in memory and on disk. */
export interface DegradationBook {
  /** Those that stand, in the order of components. The same empty list while there is none. */
  standing(): readonly DegradationMark[]
  set(mark: DegradationMark): Promise<void>
  /** @returns whether a mark stood. */
  clear(component: Component): Promise<boolean>
  /** Takes out what has run out, and lets claims go at the pace that the rest allows. */
  tidy(): Promise<void>
}

const NONE: readonly DegradationMark[] = []

/** Opens the marks of before; those that stand hold from the start. */
export async function openDegradationBook({
  store,
  clock,
}: {
  readonly store: Store
  readonly clock: Clock
}): Promise<DegradationBook> {
  const marks = new Map<Component, DegradationMark>()
  let throttledBy = 'null'

  function standing(): readonly DegradationMark[] {
    if (marks.size === 0) return NONE
    const now = clock.now()
    return COMPONENTS.flatMap((component) => {
      const mark = marks.get(component)
      return mark !== undefined && isStanding(mark, now) ? [mark] : []
    })
  }

  async function throttle(): Promise<void> {
    const wanted = findThrottle([...marks.values()], clock.now())
    if (JSON.stringify(wanted) === throttledBy) return
    throttledBy = JSON.stringify(wanted)
    await store.run('throttleClaims', { throttle: wanted })
  }

  for (const mark of await store.read('degradations', null)) marks.set(mark.component, mark)
  await throttle()

  return {
    standing,
    async set(mark) {
      await store.run('setDegradation', { mark })
      marks.set(mark.component, mark)
      await throttle()
    },
    async clear(component) {
      const mark = marks.get(component)
      await store.run('clearDegradation', { component })
      if (marks.get(component) === mark) marks.delete(component)
      await throttle()
      return mark !== undefined && isStanding(mark, clock.now())
    },
    async tidy() {
      for (const mark of marks.values())
        if (!isStanding(mark, clock.now())) {
          await store.run('clearDegradation', { component: mark.component })
          if (marks.get(mark.component) === mark) marks.delete(mark.component)
        }
      await throttle()
    },
  }
}
