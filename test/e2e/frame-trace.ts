import type { Page } from '@playwright/test'

interface TraceEvent {
  readonly name: string
  readonly ph: string
  readonly pid: number
  readonly tid: number
  /** Microseconds of a clock that all events share. */
  readonly ts: number
  /** Microseconds of processor time: what other programs took meanwhile does not count. */
  readonly tdur?: number
  readonly args?: { readonly name?: string }
}

export interface TracedWork {
  /** Pieces of work of the page's main thread that were looked at. */
  readonly pieces: number
  /** Processor time of the longest that came again, in milliseconds: for so long no frame could be drawn. */
  readonly longestMs: number
  /** How often a step was taken again. */
  readonly again: number
}

/** What is done while it is looked at; done again, it makes the page do as much again. */
export type Step = () => Promise<void>

/** So often a step may be met by something else that the machine does. */
const MOST_ROUNDS = 10

/**
 * What the page's main thread does during `steps`, one after the other. A virtual machine whose processor is taken
 * away for a while counts that while as processor time: such a pause lies in one piece, wherever it happens to come.
 * What the page itself does too long it does so each time. So a step with a piece that is too long is taken again,
 * and its quietest time counts.
 */
export async function traceSteps(
  page: Page,
  shortEnoughMs: number,
  steps: readonly Step[],
): Promise<TracedWork> {
  let [pieces, again] = [0, 0]
  const longest = new Map<Step, number>(steps.map((step) => [step, Infinity]))
  const isSlow = (step: Step) => longest.get(step)! >= shortEnoughMs
  for (let round = 0; round < MOST_ROUNDS && steps.some(isSlow); round += 1) {
    const taken = steps.filter(isSlow)
    if (round > 0) again += taken.length
    for (const [index, durations] of (await traceOnce(page, taken)).entries()) {
      pieces += durations.length
      longest.set(taken[index]!, Math.min(longest.get(taken[index]!)!, Math.max(0, ...durations)))
    }
  }
  return { pieces, longestMs: Math.max(...longest.values()), again }
}

/** From Chromium's own trace: how long the pieces of work took in each step, in milliseconds. */
async function traceOnce(page: Page, steps: readonly Step[]): Promise<readonly (readonly number[])[]> {
  const browser = page.context().browser()!
  await browser.startTracing(page, { categories: ['toplevel', 'blink.user_timing', '__metadata'] })
  let text: string
  try {
    for (const [index, step] of steps.entries()) {
      await page.evaluate((name) => void performance.mark(name), markOf(index))
      await step()
    }
    // What the last step has led to is drawn as well.
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))))
  } finally {
    text = (await browser.stopTracing()).toString('utf8')
  }
  const { traceEvents } = JSON.parse(text) as { traceEvents: readonly TraceEvent[] }
  const threadOf = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`
  const mains = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(threadOf),
  )
  const work = traceEvents.filter(
    (event) => event.ph === 'X' && event.name.endsWith('RunTask') && mains.has(threadOf(event)),
  )
  const starts = steps.map((_, index) => {
    const mark = traceEvents.find(({ name }) => name === markOf(index))
    if (mark === undefined) throw new Error(`The trace does not tell when step ${index} began.`)
    return mark.ts
  })
  return starts.map((from, index) => {
    const until = starts[index + 1] ?? Infinity
    return work.filter(({ ts }) => ts >= from && ts < until).map(({ tdur }) => (tdur ?? 0) / 1000)
  })
}

const markOf = (index: number) => `step ${index}`
