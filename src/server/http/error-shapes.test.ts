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
      expect(shapes.shapeOf(url).toBody({ status: 404, code: 'NOT_FOUND', message: 'x' }, url)).toEqual({
        error: { code: 'NOT_FOUND', message: 'x', details: {} },
      })
    },
  )

  it('looks at a path without its query and its last slash', () => {
    expect([pathOf('/a/b/?c/'), pathOf('/a#b'), pathOf('/')]).toEqual(['/a/b', '/a', ''])
  })
})
