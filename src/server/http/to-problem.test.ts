import { describe, expect, it } from 'vitest'
import { BrokerError } from '../../shared/domain/errors.ts'
import { createErrorShapes } from './error-shapes.ts'
import { HttpRefusal, invalidRequest } from './refusal.ts'
import { toProblem } from './to-problem.ts'

const shape = createErrorShapes().shapeOf('/')

describe('what is answered for an error', () => {
  it('is the refusal that a route threw', () => {
    const problem = invalidRequest('no', 415)

    expect(toProblem(new HttpRefusal(problem), shape)).toBe(problem)
  })

  it("is the dialect's status and word for a refusal of the broker", () => {
    const error = new BrokerError('RATE_LIMITED', 'slow down', { retryAfterMs: 1500 })

    expect(toProblem(error, shape)).toEqual({
      status: 429,
      code: 'RATE_LIMITED',
      message: 'slow down',
      details: { retryAfterMs: 1500 },
      headers: { 'retry-after': '2' },
    })
  })

  it('says nothing of a bug', () => {
    const problem = toProblem(new TypeError('x is not a function at /home/me'), shape)

    expect(problem).toMatchObject({ status: 500, code: 'INTERNAL_ERROR' })
    expect(problem.message).not.toContain('function')
    expect(toProblem('thrown text', shape).status).toBe(500)
    expect(toProblem(Object.assign(new Error('x'), { statusCode: 502 }), shape).status).toBe(500)
  })
})
