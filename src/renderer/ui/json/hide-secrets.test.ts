import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { hideSecrets, putBack, showSecrets } from './hide-secrets.ts'

const WORDS = ['password', 'token']
const hide = (...sources: string[]) => {
  const { texts, secrets } = hideSecrets(sources, WORDS)
  return { texts, secrets, text: texts[0] ?? '' }
}

describe('JSON that is edited while its secrets are hidden', () => {
  it('shows none of them', () => {
    const { texts } = hide('{"user":"ada","password":"hunter2"}', '[{"token":{"value":"abc","n":1}}]')
    expect(texts).toEqual(['{ "user": "ada", "password": "•••••• 1" }', '[{ "token": "•••••• 2" }]'])
  })

  it('has every one of them again when something else was changed, digit for digit', () => {
    const { text, secrets } = hide('{"user":"ada","token":12345678901234567890,"password":"a\\u0062 $& $1"}')
    expect(putBack(text.replace('ada', 'grace'), secrets)).toEqual({
      text: '{ "user": "grace", "token": 12345678901234567890, "password": "a\\u0062 $& $1" }',
      problem: null,
    })
  })

  it('takes what was typed over one, and keeps the others', () => {
    const { text, secrets } = hide('{"password":"hunter2","token":"abc"}')
    expect(putBack(text.replace('"•••••• 1"', '"new"'), secrets).text).toBe(
      '{ "password": "new", "token": "abc" }',
    )
  })

  it('lets one be moved, repeated, renamed and removed', () => {
    const { text, secrets } = hide('{"password":"hunter2","token":"abc"}')
    expect(text).toContain('"•••••• 2"')
    expect(putBack('{ "nested": { "pass": "•••••• 1", "again": ["•••••• 1"] } }', secrets).text).toBe(
      '{ "nested": { "pass": "hunter2", "again": ["hunter2"] } }',
    )
  })

  it.each([
    ['a part of a mask', '{ "password": "•••••• " }', 'only a part'],
    ['a mask with something before it', '{ "password": "Bearer •••••• 1" }', 'only a part'],
    ['a mask that stands for nothing', '{ "password": "•••••• 7" }', 'only a part'],
    ['an escaped quote before a mask', '{ "note": "x\\"•••••• 1" }', 'only a part'],
    ['a mask as a key', '{ "•••••• 1": 2 }', 'only be a value'],
  ])('never sends %s in the place of a secret', (_what, typed, problem) => {
    const { secrets } = hide('{"password":"hunter2"}')
    expect(putBack(typed, secrets)).toEqual({ text: typed, problem: expect.stringContaining(problem) })
  })

  it('leaves alone what only looks like a mask', () => {
    const source = '{"note":"•••••• 1","password":"hunter2","•••••• 1":0}'
    const { text, texts, secrets } = hide(source)
    expect(text).toContain('"password": "•••••• 2"')
    expect(JSON.parse(putBack(text, secrets, texts).text)).toEqual(JSON.parse(source))
  })

  it('is left as it is while it is no JSON', () => {
    const { secrets } = hide('{"password":"hunter2"}')
    expect(putBack('{ "password": "•••••• 1"', secrets)).toEqual({
      text: '{ "password": "•••••• 1"',
      problem: null,
    })
    expect(hide('not json').texts).toEqual(['not json'])
  })

  it('is hidden again after it was shown, each value as before', () => {
    const { text, secrets } = hide('{"password":"hunter2","token":"abc"}')
    const shown = showSecrets(text, secrets).replace('hunter2', 'changed')
    const again = hideSecrets([shown], WORDS, secrets)
    expect(again.texts).toEqual(['{ "password": "•••••• 3", "token": "•••••• 2" }'])
    expect(putBack(again.texts[0]!, again.secrets).text).toContain('"changed"')
  })
})

test('whatever the JSON, hiding and putting back changes nothing', () => {
  const keys = fc.constantFrom('password', 'token', 'user', '•••••• 1')
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof({ maxDepth: 4 }, fc.string(), fc.integer(), fc.constant('•••••• 1'), tie('object')),
    object: fc.oneof(fc.dictionary(keys, tie('tree')), fc.array(tie('tree'))),
  }))
  fc.assert(
    fc.property(tree, (value) => {
      const { texts, secrets } = hideSecrets([JSON.stringify(value)], WORDS)
      const { text, problem } = putBack(texts[0]!, secrets, texts)
      expect(problem).toBeNull()
      expect(JSON.parse(text)).toEqual(value)
    }),
  )
})
