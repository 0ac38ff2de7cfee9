import { describe, expect, it } from 'vitest'
import { AttachError } from './attach-error.ts'
import { attachSubscription } from './attach-subscription.ts'

/** Opens a stream that fails this way twice, and is refused for good then; tells how long was waited. */
async function waitsAfter(retryAfterMs: number | null): Promise<readonly number[]> {
  const waits: number[] = []
  const subscription = attachSubscription({
    open: () => {
      if (waits.length === 2) return Promise.reject(new AttachError('refused', 'It wants a key.'))
      return Promise.reject(new AttachError('failing', 'It has no time.', { retryAfterMs }))
    },
    random: () => 0.5,
    wait: async (ms) => void waits.push(ms),
    onState: () => undefined,
    onClose: () => undefined,
  })
  await expect(subscription[Symbol.asyncIterator]().next()).rejects.toThrow('It wants a key.')
  return waits
}

describe('a stream of events that breaks', () => {
  it('is opened again after growing pauses', async () => {
    expect(await waitsAfter(null)).toEqual([250, 500])
  })

  it('is opened again when the server says, unless that is too long', async () => {
    expect(await waitsAfter(7000)).toEqual([7000, 7000])
    expect(await waitsAfter(100)).toEqual([250, 500])
    expect(await waitsAfter(86_400_000)).toEqual([250, 500])
  })
})
