import { describe, expect, it } from 'vitest'
import { BrokerError } from '../../shared/domain/errors.ts'
import { AttachError } from './attach-error.ts'
import { firstAnswer } from './first-answer.ts'

async function ask(answer: () => Promise<unknown>) {
  let isClosed = false
  const http = {
    close: () => {
      isClosed = true
    },
  }
  const newcomer = { http, shown: 'http://there', kind: 'a server of things' }
  const outcome = await firstAnswer(newcomer, answer).catch((error: unknown) => error)
  return { outcome, isClosed }
}

describe('the first answer of a server', () => {
  it('is handed on, and the connection stays', async () => {
    expect(await ask(async () => 7)).toEqual({ outcome: 7, isClosed: false })
  })

  it.each([
    [
      'wrong_server',
      new BrokerError('TASK_NOT_FOUND', 'No such task.', { taskId: '1' }),
      'a server of things',
    ],
    ['failing', new BrokerError('RATE_LIMITED', 'Later.', { retryAfterMs: 1000 }), 'asked too much'],
    ['failing', new BrokerError('INTERNAL_ERROR', 'The disk is full.', {}), 'The disk is full.'],
  ] as const)(
    'that is a refusal of its dialect says %s, and closes the connection',
    async (problem, error, words) => {
      const { outcome, isClosed } = await ask(() => Promise.reject(error))
      expect(outcome).toMatchObject({ problem, message: expect.stringContaining(words) })
      expect((outcome as Error).message).toContain('http://there')
      expect(isClosed).toBe(true)
    },
  )

  it.each([new AttachError('unreachable', 'Nothing listens there.'), new Error('bug')])(
    'that does not come is told as it is, and closes the connection: $message',
    async (cause) =>
      expect(await ask(() => Promise.reject(cause))).toEqual({ outcome: cause, isClosed: true }),
  )
})
