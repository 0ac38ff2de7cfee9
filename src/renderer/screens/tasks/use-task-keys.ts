import { useKeys } from '../../app/keys/use-keys.ts'

interface TaskKeys {
  readonly isDrawerOpen: boolean
  readonly move: (by: number) => void
  readonly openCurrent: () => void
  readonly tickCurrent: (isRange: boolean) => void
  readonly runAgain: () => void
  readonly cancel: () => void
  /** Shows what is ticked side by side. */
  readonly compare: () => void
  readonly search: () => void
  /** Lets go of what is ticked. */
  readonly letGo: () => void
}

/** The keys of the Tasks page; `shortcuts.ts` lists them for the reader. */
export function useTaskKeys(keys: TaskKeys): void {
  useKeys({
    j: () => keys.move(1),
    k: () => keys.move(-1),
    Enter: keys.openCurrent,
    x: () => keys.tickCurrent(false),
    X: () => keys.tickCurrent(true),
    r: keys.runAgain,
    c: keys.cancel,
    v: keys.compare,
    '/': keys.search,
    'mod+f': keys.search,
    // The drawer takes Escape for itself.
    ...(keys.isDrawerOpen ? {} : { Escape: keys.letGo }),
  })
}
