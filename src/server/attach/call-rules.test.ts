import { describe, expect, it } from 'vitest'
import { AttachError } from './attach-error.ts'
import { createCallRules } from './call-rules.ts'
import type { RemoteLimits } from './remote-http.ts'

const open = (limits?: Partial<RemoteLimits>) =>
  createCallRules({ random: () => 0, wait: async () => undefined, limits })

describe('a write', () => {
  it('may take a minute, unless the connection was given another limit', async () => {
    expect(await open().write(async (limits) => limits)).toEqual({ totalMs: 60_000 })
    expect(await open({ maxBytes: 1000 }).write(async (limits) => limits)).toEqual({
      totalMs: 60_000,
      maxBytes: 1000,
    })
    expect(await open({ totalMs: 400 }).write(async (limits) => limits)).toEqual({ totalMs: 400 })
  })

  it('is sent once, and when no answer comes it is said that nobody knows whether it was done', async () => {
    let sent = 0
    const lost = open().write(async () => {
      sent += 1
      throw new AttachError('unreachable', 'It hung up.')
    })
    await expect(lost).rejects.toMatchObject({ isPassing: false, message: /^It hung up\. .* is not known/ })
    expect(sent).toBe(1)
  })

  it.each([
    ['never arrived', new AttachError('unreachable', 'Nothing listens there.', { isUnsent: true })],
    ['was refused', new AttachError('refused', 'It wants a key.')],
    ['failed of a bug', new Error('bug')],
  ])('that %s is told as it is', async (_how, error) => {
    await expect(open().write(() => Promise.reject(error))).rejects.toBe(error)
  })
})

describe('calls', () => {
  it('come after what is being started, whether that succeeds or not', async () => {
    const rules = open()
    const order: string[] = []
    const first = Promise.withResolvers<void>()
    const second = Promise.withResolvers<void>()
    rules.startFirst(first.promise)
    rules.startFirst(second.promise)
    const calls = Promise.all([
      rules.read(async () => order.push('read')),
      rules.write(async () => order.push('write')),
    ])
    first.resolve()
    await first.promise
    order.push('started')
    second.reject(new Error('It did not start.'))
    await calls
    expect(order).toEqual(['started', 'read', 'write'])
  })
})
