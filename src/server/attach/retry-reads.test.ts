import { describe, expect, it } from 'vitest'
import { BrokerError } from '../../shared/domain/errors.ts'
import { AttachError } from './attach-error.ts'
import { DEFAULT_READ_RETRIES, retryReads } from './retry-reads.ts'

/** Fails as often as there are failures, then answers; tells how it went. */
async function run(failures: readonly Error[]) {
  const waits: number[] = []
  let tries = 0
  const outcome = await retryReads(
    async () => {
      const failure = failures[tries]
      tries += 1
      if (failure !== undefined) throw failure
      return 'answer'
    },
    {
      ...DEFAULT_READ_RETRIES,
      random: () => 0.5,
      wait: async (ms) => void waits.push(ms),
      longestPauseMs: 10_000,
    },
  ).catch((error: unknown) => error)
  return { outcome, tries, waits }
}

const lost = new AttachError('unreachable', 'It cannot be reached.')

describe('a read', () => {
  it('is tried again, after growing pauses, and answers when one try does', async () => {
    expect(await run([lost, lost])).toEqual({ outcome: 'answer', tries: 3, waits: [125, 375] })
  })

  it('is given up after three tries, with the last failure', async () => {
    expect(await run([lost, lost, lost, lost])).toEqual({ outcome: lost, tries: 3, waits: [125, 375] })
  })

  it.each([
    new AttachError('refused', 'It wants a key.'),
    new AttachError('bad_answer', 'No JSON.'),
    new Error('bug'),
  ])('is not tried again for what does not pass: $message', async (failure) => {
    expect(await run([failure])).toEqual({ outcome: failure, tries: 1, waits: [] })
  })

  const busy = (retryAfterMs: number) => new AttachError('failing', 'It has no time.', { retryAfterMs })
  const limited = (retryAfterMs: number) => new BrokerError('RATE_LIMITED', 'Later.', { retryAfterMs })

  it.each([
    ['waits as long as it is asked to', [busy(3000), busy(4000)], [3000, 4000]],
    ['never waits less than it would anyway', [busy(0), busy(100)], [125, 375]],
    ['waits no longer than it may', [busy(10_001), busy(3_600_000)], [125, 375]],
    ['may wait so long once, and not twice', [busy(8000), busy(8000)], [8000, 375]],
    ['heeds a refusal that says when to ask again', [limited(2000)], [2000]],
  ])('%s', async (_what, failures, waits) => {
    expect(await run(failures)).toEqual({ outcome: 'answer', tries: failures.length + 1, waits })
  })

  it('is refused at once when it would have to wait too long for a server that counts requests', async () => {
    const refusal = limited(60_000)
    expect(await run([refusal])).toEqual({ outcome: refusal, tries: 1, waits: [] })
  })
})
