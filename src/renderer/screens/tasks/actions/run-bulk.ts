/** What came of one task: done, under one of the action's own names, or left out for a reason. */
export type BulkStep =
  | { readonly kind: 'done'; readonly as: string }
  | { readonly kind: 'skipped'; readonly reason: string }
  | { readonly kind: 'failed'; readonly message: string }

export interface BulkOutcome {
  /** How often each `as` was the outcome. */
  readonly done: ReadonlyMap<string, number>
  readonly skipped: ReadonlyMap<string, number>
  readonly failed: number
  /** What the first failure said. */
  readonly failure: string | null
  readonly isStopped: boolean
}

interface BulkOptions {
  readonly ids: Iterable<string> | AsyncIterable<string>
  /** Never rejects: what goes wrong is a step too. */
  readonly act: (id: string) => Promise<BulkStep>
  /** How many at a time, ≥ 1. */
  readonly concurrency: number
  readonly signal: AbortSignal
  /** Called with the number of tasks dealt with so far. */
  readonly onProgress: (count: number) => void
}

/**
 * Does one thing to many tasks, a few at a time. Stops taking new ones when `signal` fires; those under
 * way are waited for. Rejects only when `ids` does.
 */
export async function runBulk({
  ids,
  act,
  concurrency,
  signal,
  onProgress,
}: BulkOptions): Promise<BulkOutcome> {
  const done = new Map<string, number>()
  const skipped = new Map<string, number>()
  let failed = 0
  let failure: string | null = null
  let count = 0
  const source = toAsyncIterator(ids)

  const work = async () => {
    while (!signal.aborted) {
      const next = await source.next()
      if (next.done === true) return
      const step = await act(next.value)
      if (step.kind === 'failed') {
        failed += 1
        failure ??= step.message
      } else {
        const [counts, key] = step.kind === 'done' ? [done, step.as] : [skipped, step.reason]
        counts.set(key, (counts.get(key) ?? 0) + 1)
      }
      count += 1
      onProgress(count)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, work))
  return { done, skipped, failed, failure, isStopped: signal.aborted }
}

/** One iterator that several readers can ask at once, each getting the next value. */
async function* toAsyncIterator(
  ids: Iterable<string> | AsyncIterable<string>,
): AsyncGenerator<string, void, void> {
  yield* ids
}
