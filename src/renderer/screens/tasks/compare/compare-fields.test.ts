import { expect, test } from 'vitest'
import { parseJsonSource } from '../../../ui/json/parse-json-source.ts'
import { compareFields, compareTexts } from './compare-fields.ts'

const compare = (...sources: (string | null)[]) =>
  compareFields(
    sources.map((source) => (source === null ? null : parseJsonSource(source))),
    ['password'],
  )
const differing = (...sources: (string | null)[]) =>
  compare(...sources)
    .filter(({ differs }) => differs)
    .map(({ label }) => label)

test('each field stands in one row, whatever the order of keys', () => {
  const rows = compare('{"a":1,"b":{"c":[true,"x"]}}', '{"b":{"c":[true,"y"]},"a":1}')
  expect(rows.map(({ label, cells }) => [label, ...cells.map(({ text }) => text)])).toEqual([
    ['a', '1', '1'],
    ['b.c[0]', 'true', 'true'],
    ['b.c[1]', '"x"', '"y"'],
  ])
  expect(rows.map(({ differs }) => differs)).toEqual([false, false, true])
})

test('every run is held against the first', () => {
  const [row] = compare('{"a":1}', '{"a":2}', '{"a":1}', '{"a":2}')
  expect(row!.cells.map(({ differs }) => differs)).toEqual([false, true, false, true])
})

test('what one run lacks is a difference, and so is having no value at all', () => {
  expect(compare('{"a":1}', '{"a":1,"b":null}')[1]).toEqual({
    label: 'b',
    cells: [
      { text: null, differs: false },
      { text: 'null', differs: true },
    ],
    differs: true,
    isTold: true,
  })
  expect(differing('{"a":1}', null)).toEqual(['a'])
  expect(compare(null, null)).toEqual([])
})

test('large integers that differ in their last digit differ', () => {
  expect(differing('{"n":12345678901234567890}', '{"n":12345678901234567891}')).toEqual(['n'])
})

test('a secret stays masked, and that it differs is seen', () => {
  const rows = compare('{"password":"a","x":{"password":[1]}}', '{"password":"b","x":{"password":[1]}}')
  expect(rows.map(({ differs }) => differs)).toEqual([true, false])
  expect(JSON.stringify(rows)).not.toMatch(/"a"|"b"|\[1\]/)
  expect(rows[0]!.cells[1]!.text).toBe('"••••••"')
})

test('a masked object is the same in another order of keys', () => {
  expect(differing('{"password":{"a":1,"b":2}}', '{"password":{"b":2,"a":1}}')).toEqual([])
})

test('empty containers and plain values are fields of their own; odd keys are quoted', () => {
  expect(compare('{"a":[],"b":{},"c.d":1,"__proto__":2}').map(({ label }) => label)).toEqual([
    'a',
    'b',
    '["c.d"]',
    '__proto__',
  ])
  expect(compare('7', '8')).toMatchObject([{ label: '(the value)', differs: true }])
})

test('plain texts are compared as they are', () => {
  expect(compareTexts('State', ['failed', 'failed']).differs).toBe(false)
  expect(compareTexts('Worker', ['w1', null]).cells[1]).toEqual({ text: null, differs: true })
})
