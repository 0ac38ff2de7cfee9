import { toJsonText } from '../../shared/domain/json.ts'
import type { SubmitTask } from '../../shared/domain/task.ts'

export const SAMPLE_QUEUE = 'sample'

const FAILING_SHARE = 0.03
const DEMO_SHARE = 0.01

const FAILURES = [
  'connection to 10.0.4.17:5432 timed out after 3000 ms',
  'HTTP 429 from api.example.com: too many requests, retry after 30 s',
  "Cannot read properties of undefined (reading 'email')",
  'invoice 48213 is already paid',
  'no such file: uploads/8f2c/cover.png',
] as const

/**
 * One task of the sample load: mostly short sleeps (5 to 60 ms), some with progress, about three in
 * a hundred that fail, of those half after a retry. Four threads keep up with 40 a second.
 *
 * @param random returns a number in [0, 1); asked several times.
 */
export function sampleTask(random: () => number): SubmitTask {
  const between = (low: number, high: number) => low + Math.floor(random() * (high - low + 1))
  const common = { queue: SAMPLE_QUEUE, priority: between(3, 7) }
  const kind = random()
  if (kind < FAILING_SHARE) {
    const message = FAILURES[between(0, FAILURES.length - 1)]!
    return { ...common, name: 'fail', kwargs: toJsonText({ message }), maxRetries: between(0, 1) }
  }
  if (kind < FAILING_SHARE + DEMO_SHARE) {
    return {
      ...common,
      name: 'demo',
      kwargs: toJsonText({ message: 'A task of the sample load', count: between(1, 2) }),
    }
  }
  return { ...common, name: 'sleep', kwargs: toJsonText({ ms: between(5, 60) }) }
}
