import { describe, expect, it } from 'vitest'
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
    { ...DEFAULT_READ_RETRIES, random: () => 0.5, wait: async (ms) => void waits.push(ms) },
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
})
