import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { checkInput, refusalOf } from './check-input.ts'

const schema = z.object({ kwargs: z.object({ width: z.coerce.number().int().positive() }) })

describe('what a handler has against its input', () => {
  it('is nothing where it looks at none, and where it takes it', () => {
    expect(refusalOf(null, { args: [], kwargs: { width: 'x' } })).toBeNull()
    expect(refusalOf(schema, { args: [], kwargs: { width: '7' } })).toBeNull()
    expect(checkInput(schema, { args: [1], kwargs: { width: '7' } })).toEqual({
      args: [1],
      kwargs: { width: 7 },
    })
  })

  it('names each field of a schema, and not endlessly many', () => {
    expect(refusalOf(schema, { args: [], kwargs: { width: -1 } })).toMatch(/^kwargs\.width: /)
    const many = z.object({
      kwargs: z.object(Object.fromEntries('a b c d e f g h'.split(' ').map((key) => [key, z.string()]))),
    })
    expect(refusalOf(many, { args: [], kwargs: {} })).toMatch(/^kwargs\.a: .*; kwargs\.e: .*; and 3 more$/)
  })

  it.each([
    ['an error', new Error('too small'), 'too small'],
    ['text', 'too small', 'too small'],
    ['nothing', null, 'null'],
    ['issues that are none', { issues: [null, { path: 'x', message: 5 }] }, 'undefined; 5'],
  ])('is told whatever the check throws: %s', (_what, thrown, expected) => {
    const parse = () => {
      // oxlint-disable-next-line typescript/only-throw-error -- a task file may throw anything
      throw thrown
    }

    expect(refusalOf({ parse }, { args: [], kwargs: {} })).toBe(expected)
    expect(() => checkInput({ parse }, { args: [], kwargs: {} })).toThrow(
      expect.objectContaining({ name: 'InvalidInputError', retry: false }),
    )
  })
})
