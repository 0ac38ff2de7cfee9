/** What is quicker is over before anybody has read that it is being done. */
const SLOW_MS = 1000

/** Tells of what a start waits for, once it has waited. */
export interface SlowSteps {
  /** The step that begins; the one before it is over. */
  onWait(message: string): void
  /** Nothing is waited for any more. */
  end(): void
}

export function tellIfSlow(tell: (message: string) => void): SlowSteps {
  let timer: NodeJS.Timeout | undefined
  const end = () => clearTimeout(timer)
  return {
    onWait(message) {
      end()
      timer = setTimeout(() => tell(message), SLOW_MS)
    },
    end,
  }
}
