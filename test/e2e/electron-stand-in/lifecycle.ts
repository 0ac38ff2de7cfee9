/** How far the program is: Electron forbids much before `ready`, and allows some only then. */
type Phase = 'loading' | 'ready' | 'ending'

let phase: Phase = 'loading'

export const lifecycle = {
  isReady: () => phase !== 'loading',
  isEnding: () => phase === 'ending',
  enter(next: Phase) {
    phase = next
  },
  /** For work that the end of the program may cut short: what then goes wrong does not matter. */
  async untilEnding(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (phase !== 'ending') throw error
    }
  },
}
