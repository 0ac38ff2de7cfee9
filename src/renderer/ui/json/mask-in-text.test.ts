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
  'Unexpected token: }',
  'no password: given',
  'the passwords: [] of nobody',
  '{"password": null}',
  'at 12:30 = half past',
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

test.each([
  ['password=hunter2', 'password=••••••'],
  ['GET /a?api_token=x1&page=2 failed', 'GET /a?api_token=••••••&page=2 failed'],
  ['X-Token: Bearer abc.def-ghi, then', 'X-Token: ••••••, then'],
  ["{ user: 'ada', password: 'hunter2' }", "{ user: 'ada', password: '••••••' }"],
  [`{'password': 'it\\'s', 'n': 1}`, `{'password': '••••••', 'n': 1}`],
  ['cut off: {"a":1,"password":"hunt', 'cut off: {"a":1,"password":"••••••'],
  ['cut off: {"token": 12345, "b":', 'cut off: {"token": ••••••, "b":'],
  ['body "{\\"password\\":\\"hunter2\\"}"', 'body "{\\"password\\":\\"••••••\\"}"'],
  ['PASSWORD = hunter2', 'PASSWORD = ••••••'],
])('%j is shown as %j', (text, shown) => {
  expect(mask(text)).toEqual({ text: shown, count: 1 })
})

test('without words nothing is hidden', () => {
  expect(maskInText('password=hunter2', [])).toEqual({ text: 'password=hunter2', count: 0 })
})

test('a hostile text takes no longer than any other', () => {
  const started = performance.now()
  for (const part of ['a.', '\\"', '"token":"', "token='", 'token = ', '{"token":'])
    mask(part.repeat(Math.floor(60_000 / part.length)))
  expect(performance.now() - started).toBeLessThan(5_000)
})
