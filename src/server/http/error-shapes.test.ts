import { describe, expect, it } from 'vitest'
import { createErrorShapes, type ErrorShape, pathOf } from './error-shapes.ts'

const shape = (...prefixes: string[]) => ({ prefixes }) as unknown as ErrorShape

describe('the shape of an error', () => {
  const outer = shape('/api')
  const inner = shape('/api/v1', '/health')
  const shapes = createErrorShapes()
  shapes.add(outer)
  shapes.add(inner)

  it.each([
    ['/api', outer],
    ['/api/', outer],
    ['/api/tasks/x?limit=1', outer],
    ['/api/v1', inner],
    ['/api/v1/tasks/a/b/c', inner],
    ['/api/v10', outer],
    ['/health/', inner],
    ['/health?x=/api', inner],
    ['/api/%zz', outer],
  ])('for %s is that of the longest prefix', (url, expected) => {
    expect(shapes.shapeOf(url)).toBe(expected)
  })

  it.each(['/', '', '/apis', '/healthy', '/x/api', '*'])(
    'for %s, which nobody owns, is a general one',
    (url) => {
      expect(
        shapes.shapeOf(url).toBody({ status: 404, code: 'NOT_FOUND', message: 'x' }, url, 'req-1'),
      ).toEqual({
        error: { code: 'NOT_FOUND', message: 'x', details: {} },
      })
    },
  )

  it('has the fields of both where two answer for one prefix, and the words of the first', () => {
    const both = createErrorShapes()
    const words = (code: string) =>
      ({ TASK_NOT_FOUND: { status: 404, code } }) as unknown as ErrorShape['errors']
    both.add({
      ...shape('/api'),
      operations: ['GET /api/a', 'GET /api/b'],
      errors: words('GONE'),
      toBody: ({ code }) => ({ detail: 'one', code }),
    })
    both.add({
      ...shape('/api'),
      operations: ['GET /api/b', 'GET /api/c'],
      errors: words('LOST'),
      toBody: () => ({ detail: 'other', at: 1 }),
    })

    const { operations, errors, toBody } = both.shapeOf('/api/x')

    expect(operations).toEqual(['GET /api/a', 'GET /api/b', 'GET /api/c'])
    expect(errors.TASK_NOT_FOUND.code).toBe('GONE')
    expect(toBody({ status: 404, code: 'GONE', message: '' }, '', 'req-1')).toEqual({
      detail: 'one',
      code: 'GONE',
      at: 1,
    })
  })

  it('looks at a path without its query and its last slash', () => {
    expect([pathOf('/a/b/?c/'), pathOf('/a#b'), pathOf('/')]).toEqual(['/a/b', '/a', ''])
  })
})
