import type { CloseChoice } from '../../shared/contract/desktop-contract.ts'

export interface CloseSituation {
  readonly platform: NodeJS.Platform
  readonly choice: CloseChoice
  /** The program ends already. */
  readonly isQuitting: boolean
  /** A broker runs, which could go on. */
  readonly isEngineRunning: boolean
  /** The window can put the question. */
  readonly canAsk: boolean
  /** It has been put, and not been answered. */
  readonly isAsking: boolean
}

/**
 * What closing the window comes to. `close` ends the program with it. On macOS programs outlive their
 * windows anyway, so nobody is asked there. Whoever closes once more instead of answering wants out.
 */
export function decideClose({
  platform,
  choice,
  isQuitting,
  isEngineRunning,
  canAsk,
  isAsking,
}: CloseSituation): 'close' | 'hide' | 'ask' {
  if (isQuitting || !isEngineRunning || choice === 'quit') return 'close'
  if (choice === 'keep-running' || platform === 'darwin') return 'hide'
  return canAsk && !isAsking ? 'ask' : 'close'
}
