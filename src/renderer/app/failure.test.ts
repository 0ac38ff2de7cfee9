import { ORPCError } from '@orpc/client'
import { describe, expect, it } from 'vitest'
import { describeFailure } from './failure.ts'

describe('a failed call', () => {
  it('says what the broker said when it refused', () => {
    const message = "Queue 'x' not found; a queue exists from the first task or setting that names it."
    const refusal = new ORPCError('REFUSED', {
      message,
      data: { code: 'QUEUE_NOT_FOUND', details: { queue: 'x' } },
    })

    expect(describeFailure(refusal)).toEqual({ code: 'QUEUE_NOT_FOUND', message, isTemporary: false })
  })

  it('is worth another try when the broker was only busy', () => {
    const refusal = new ORPCError('REFUSED', {
      message: 'Busy.',
      data: { code: 'SERVICE_UNAVAILABLE', details: {} },
    })

    expect(describeFailure(refusal).isTemporary).toBe(true)
  })

  it('names the connection when nobody answered', () => {
    expect(describeFailure(new TypeError('Failed to fetch'))).toMatchObject({
      code: 'UNREACHABLE',
      isTemporary: true,
    })
  })
})
