import { expect, test } from 'vitest'
import { maskInText } from './mask-in-text.ts'

const mask = (text: string) => maskInText(text, ['password', 'token'])

test('a line that is JSON has its secrets masked', () => {
  expect(mask('{"user":"ada","password":"hunter2"}')).toEqual({
    text: '{"user":"ada","password":"••••••"}',
    count: 1,
  })
})

test('JSON inside a sentence is masked, and the sentence stays', () => {
  expect(mask('POST [3] failed {not json} with {"a":{"api_token":"x\\"}"}} twice [{"token":1}].')).toEqual({
    text: 'POST [3] failed {not json} with {"a":{"api_token":"••••••"}} twice [{"token":"••••••"}].',
    count: 2,
  })
})

test.each([
  'the password is hunter2',
  'password=hunter2',
  '{"user": "ada"}',
  '{{{{ "password": ',
  'a "quote that { never ends',
  '',
])('%j stays as it is', (text) => {
  expect(mask(text)).toEqual({ text, count: 0 })
})

test('JSON that lies inside something broken is still found', () => {
  expect(mask('{oops {"token":"x"}').text).toBe('{oops {"token":"••••••"}')
})
