import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { JsonSourceError, parseJsonSource, type JsonNode } from './parse-json-source.ts'

/** Writes a node back without any space. */
function write(node: JsonNode): string {
  if (node.kind === 'array') return `[${node.items.map(write).join(',')}]`
  if (node.kind === 'object')
    return `{${node.entries.map(({ key, value }) => `${key}:${write(value)}`).join(',')}}`
  return node.text
}

function problemOf(source: string): JsonSourceError {
  try {
    parseJsonSource(source)
  } catch (error) {
    if (error instanceof JsonSourceError) return error
  }
  throw new Error(`${source} was accepted`)
}

describe('parsing JSON into its source', () => {
  it('keeps any JSON byte for byte', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        const compact = JSON.stringify(JSON.parse(json))
        expect(write(parseJsonSource(compact))).toBe(compact)
      }),
    )
  })

  it.each([
    ['{"order_id":9007199254740993}', 'an integer beyond 2^53'],
    ['[1.0,1e3,-0]', 'a number as it was written'],
    ['{"a":1,"a":2}', 'a key that comes twice'],
    ['"\\u00e9\\/"', 'escapes'],
  ])('keeps %s: %s', (json) => {
    expect(write(parseJsonSource(json))).toBe(json)
  })

  it('accepts exactly what JSON.parse accepts', () => {
    const snippets = fc.array(
      fc.constantFrom(
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '"a"',
        '1',
        '01',
        '-',
        'true',
        'nul',
        ' ',
        '"',
        '\\',
        '1.',
      ),
      { maxLength: 8 },
    )
    fc.assert(
      fc.property(snippets, (parts) => {
        const source = parts.join('')
        let isJson = true
        try {
          JSON.parse(source)
        } catch {
          isJson = false
        }
        const parse = () => parseJsonSource(source)
        if (isJson) expect(parse).not.toThrow()
        else expect(parse).toThrow(JsonSourceError)
      }),
      { numRuns: 2000 },
    )
  })

  it('refuses a depth that would exhaust the stack', () => {
    expect(problemOf('['.repeat(100_000)).message).toContain('nested deeper')
  })

  it('says where the text goes wrong, in words', () => {
    const problem = problemOf('{\n  "count": 5\n  "message": "Hello"\n}')

    expect([problem.line, problem.column]).toEqual([3, 3])
    expect(problem.message).toBe('Line 3, column 3: a comma or “}” is missing; found “"”')
  })

  it.each([
    ['', 'a value is missing; found the end of the text'],
    ['{count: 5}', 'a key in double quotes is missing; found “c”'],
    ["['x']", 'texts are in double quotes'],
    ['{"a" 1}', 'a colon is missing after "a"; found “1”'],
    ['{} x', 'the value has ended; found “x”'],
  ])('explains what is wrong with %j', (source, reason) => {
    expect(problemOf(source).message).toContain(reason)
  })
})
