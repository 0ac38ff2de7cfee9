import type { DesktopMessage } from '../../shared/contract/desktop-contract.ts'

/** More than these said to a window that does not listen are of no use to anybody. */
const MOST_WAITING = 20

/** What the app has to say to its window, in order. */
export interface WindowMessages {
  /** Said at once, or when the window listens next. */
  say(message: DesktopMessage): void
  /** Whether a page listens now. */
  isHeard(): boolean
  /** Everything said since the last reader; ends with the signal, or when another one begins to read. */
  read(signal: AbortSignal | undefined): AsyncGenerator<DesktopMessage>
}

export function createWindowMessages(): WindowMessages {
  let waiting: DesktopMessage[] = []
  /** Wakes the reader there is, to look whether it still is the one. */
  let wake: (() => void) | null = null
  let reader = 0

  return {
    say(message) {
      waiting = [...waiting, message].slice(-MOST_WAITING)
      wake?.()
    },
    isHeard: () => wake !== null,
    async *read(signal) {
      reader += 1
      const self = reader
      wake?.()
      const isMine = () => self === reader && signal?.aborted !== true
      const onAbort = () => {
        if (self === reader) wake?.()
      }
      signal?.addEventListener('abort', onAbort, { once: true })
      try {
        while (isMine()) {
          const next = waiting.shift()
          if (next !== undefined) yield next
          else await new Promise<void>((resolve) => (wake = resolve))
        }
      } finally {
        signal?.removeEventListener('abort', onAbort)
        if (self === reader) wake = null
      }
    },
  }
}
