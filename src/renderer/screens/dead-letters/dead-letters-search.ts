import { QUEUE_NAME_PATTERN } from '../../../shared/domain/limits.ts'

/** What the address of the page Dead letters says. */
export interface DeadLettersSearch {
  readonly queue?: string | undefined
  readonly text?: string | undefined
  /** Fingerprint of the group whose tasks are unfolded. */
  readonly open?: string | undefined
}

export function parseDeadLettersSearch({ queue, text, open }: Record<string, unknown>): DeadLettersSearch {
  return {
    queue: typeof queue === 'string' && QUEUE_NAME_PATTERN.test(queue) ? queue : undefined,
    text: typeof text === 'string' || typeof text === 'number' ? String(text).slice(0, 256) : undefined,
    open: typeof open === 'string' ? open : undefined,
  }
}
