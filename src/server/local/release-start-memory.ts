import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** Late enough for the first requests to be served, which leave the same kind of garbage. */
const DELAY_MS = 3000

/**
 * Gives back what loading the program left behind in this thread, once. V8 would keep it until memory
 * gets short, which in a program that waits for tasks may be never.
 */
export function releaseStartMemory(): void {
  setTimeout(() => {
    setFlagsFromString('--expose-gc')
    const collect = runInNewContext('gc') as (options: object) => void
    collect({ type: 'major', execution: 'sync', flavor: 'last-resort' })
  }, DELAY_MS).unref()
}
