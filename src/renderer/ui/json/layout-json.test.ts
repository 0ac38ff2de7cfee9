import { describe, expect, it } from 'vitest'
import { layoutJson } from './layout-json.ts'
import { parseJsonSource } from './parse-json-source.ts'

const open = { toggled: new Set<string>(), foldFromDepth: Infinity }

function show(source: string, options = open): string[] {
  return layoutJson(parseJsonSource(source), options).map(
    ({ depth, tokens }) => '  '.repeat(depth) + tokens.map(({ text }) => text).join(''),
  )
}

const wide = JSON.stringify({
  customer: 'cus_8Qw2vT',
  lines: [{ sku: 'A-1', quantity: 2 }, { sku: 'B-7' }],
  note: 'x'.repeat(40),
})

describe('laying out JSON', () => {
  it('keeps what is short on one line', () => {
    expect(show('{"message":"Hello","count":5}')).toEqual(['{ "message": "Hello", "count": 5 }'])
    expect(show('[]')).toEqual(['[]'])
    expect(show('{}')).toEqual(['{}'])
  })

  it('indents what is wide, and keeps its short parts whole', () => {
    expect(show(wide)).toEqual([
      '{',
      '  "customer": "cus_8Qw2vT",',
      '  "lines": [{ "sku": "A-1", "quantity": 2 }, { "sku": "B-7" }],',
      `  "note": "${'x'.repeat(40)}"`,
      '}',
    ])
  })

  it('says how much is inside what is folded', () => {
    expect(show(wide, { ...open, toggled: new Set(['$']) })).toEqual(['{ … 3 keys }'])
  })

  it('folds from a depth on, and opens there what the reader opened', () => {
    const nested = JSON.stringify({ list: Array.from({ length: 40 }, (_, index) => index + 1000) })

    expect(show(nested, { ...open, foldFromDepth: 1 })).toEqual(['{', '  "list": [ … 40 items ]', '}'])
    expect(show(nested, { toggled: new Set(['$.0']), foldFromDepth: 1 })).toHaveLength(44)
  })

  it('shows big integers by their own digits', () => {
    expect(show('{"order_id":9007199254740993}')).toEqual(['{ "order_id": 9007199254740993 }'])
  })
})
