import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { isAttachError } from './attach-error.ts'
import { gateErrorOf } from './gate-error.ts'
import { checkAnswer, parseAnswerJson } from './parse-answer.ts'

const SHOWN = 'http://127.0.0.1:1'

describe('an answer', () => {
  it('is read with integers beyond 2^53 kept', () => {
    expect(JSON.stringify(parseAnswerJson('{"id":12345678901234567890}', SHOWN))).toBe(
      '{"id":12345678901234567890}',
    )
  })

  it.each([
    ['<html>', 'not JSON'],
    ['', 'not JSON'],
    ['['.repeat(100_000), 'nested deeper'],
    [`{${'"a":1,'.repeat(1_000_001)}"b":1}`, 'keys'],
  ])('that is no honest JSON is refused', (text, words) => {
    expect(() => parseAnswerJson(text, SHOWN)).toThrow(words)
  })

  it('is what its schema says and nothing else, and a misfit is named', () => {
    const schema = z.object({ task: z.object({ number: z.number() }) })
    const at = { what: 'tasks.get', shown: SHOWN }
    expect(checkAnswer(schema, { task: { number: 1, more: 2 } }, at)).toEqual({ task: { number: 1 } })
    expect(() => checkAnswer(schema, { task: { number: '1' } }, at)).toThrow(
      'tasks.get with something that does not fit at task.number',
    )
  })
})

describe('a status', () => {
  it.each([
    [401, false, 'refused', 'wants a key'],
    [401, true, 'refused', 'does not take this key'],
    [407, false, 'refused', 'proxy'],
    [421, false, 'refused', 'name'],
    [502, false, 'failing', 'behind it'],
    [504, false, 'failing', 'behind it'],
  ] as const)('%i (with a key: %s) means %s', (status, hasKey, problem, words) => {
    const error = gateErrorOf(status, SHOWN, hasKey)
    expect(isAttachError(error, problem)).toBe(true)
    expect(error!.message).toContain(words)
  })

  it.each([200, 404, 422, 500, 503])('%i says nothing of the way there', (status) => {
    expect(gateErrorOf(status, SHOWN, false)).toBeNull()
  })
})
