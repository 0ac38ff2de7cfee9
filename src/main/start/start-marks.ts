/** The steps of a start, in the order in which they usually come. */
export const START_STEPS = ['modules', 'ready', 'engine-modules', 'window', 'engine', 'window-shown'] as const
export type StartStep = (typeof START_STEPS)[number]

const PREFIX = 'penstock:'

/** Notes that a step of the start is done; only the first time counts. Shown by profilers, too. */
export function markStart(step: StartStep): void {
  if (performance.getEntriesByName(PREFIX + step).length === 0) performance.mark(PREFIX + step)
}

/** What was marked so far: whole milliseconds from the start of the process. */
export function startSteps(): Partial<Record<StartStep, number>> {
  return Object.fromEntries(
    START_STEPS.flatMap((step) => {
      const [mark] = performance.getEntriesByName(PREFIX + step)
      return mark === undefined ? [] : [[step, Math.round(mark.startTime)]]
    }),
  )
}
