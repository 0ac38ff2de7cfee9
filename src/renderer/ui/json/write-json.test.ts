import { expect, test } from 'vitest'
import { parseJsonSource } from './parse-json-source.ts'
import { writeJson, writeJsonLines } from './write-json.ts'

const node = parseJsonSource('{ "n": 12345678901234567890, "list": [1.0, {}], "e\\u0301": "\\/" }')

test('numbers, keys and texts are written as they were', () => {
  expect(writeJson(node)).toBe('{"n":12345678901234567890,"list":[1.0,{}],"e\\u0301":"\\/"}')
})

test('in lines, each value has its own', () => {
  expect(writeJsonLines(node)).toBe(
    '{\n  "n": 12345678901234567890,\n  "list": [\n    1.0,\n    {}\n  ],\n  "e\\u0301": "\\/"\n}',
  )
})
