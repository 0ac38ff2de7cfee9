import { describe, expect, it } from 'vitest'
import { AttachError } from '../attach/attach-error.ts'
import { attachConnection } from './attached-connection.ts'

const NOW = 1_000_000

/** When a connection is tried again whose server fails, in milliseconds from now; null for never. */
async function retryOf(cause: AttachError): Promise<number | null> {
  await using connection = attachConnection({
    attach: () => Promise.reject(cause),
    clock: { now: () => NOW, monotonic: () => 0 },
    timers: { after: () => () => undefined },
    random: () => 0.5,
  })
  await connection.open()
  const state = connection.state()
  if (state.kind !== 'lost') throw new Error(`It is ${state.kind}.`)
  return state.retryAt === null ? null : state.retryAt - NOW
}

const failing = (retryAfterMs: number | null) =>
  new AttachError('failing', 'It has no time.', { retryAfterMs })

describe('a connection that is lost', () => {
  it('is tried again after a pause of our own, unless something has to be put right first', async () => {
    expect(await retryOf(failing(null))).toBe(1500)
    expect(await retryOf(new AttachError('refused', 'It wants a key.'))).toBeNull()
  })

  it('is tried again when the server says, unless that is longer than it would ever wait', async () => {
    expect(await retryOf(failing(20_000))).toBe(20_000)
    expect(await retryOf(failing(10))).toBe(1500)
    expect(await retryOf(failing(30_001))).toBe(1500)
  })
})
