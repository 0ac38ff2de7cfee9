import type { Page } from '@playwright/test'

interface TraceEvent {
  readonly name: string
  readonly ph: string
  readonly pid: number
  readonly tid: number
  /** Microseconds of processor time: what other programs took meanwhile does not count. */
  readonly tdur?: number
  readonly args?: { readonly name?: string }
}

export interface TracedWork {
  /** Pieces of work of the page's main thread that were looked at. */
  readonly pieces: number
  /** Processor time of the longest of them, in milliseconds: for so long no frame could be drawn. */
  readonly longestMs: number
}

/**
 * What the page's main thread does while `act` runs: the quietest of up to three times, for a machine
 * that does other work can make one slower, and never faster.
 */
export async function quietestWork(
  page: Page,
  shortEnoughMs: number,
  act: () => Promise<void>,
): Promise<TracedWork> {
  let quietest = await traceWork(page, act)
  for (let again = 0; again < 2 && quietest.longestMs >= shortEnoughMs; again += 1) {
    const work = await traceWork(page, act)
    if (work.longestMs < quietest.longestMs) quietest = work
  }
  return quietest
}

/** From Chromium's own trace. */
async function traceWork(page: Page, act: () => Promise<void>): Promise<TracedWork> {
  const browser = page.context().browser()!
  await browser.startTracing(page, { categories: ['toplevel', '__metadata'] })
  let text: string
  try {
    await act()
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
  return { pieces: work.length, longestMs: Math.max(0, ...work.map(({ tdur }) => tdur ?? 0)) / 1000 }
}
