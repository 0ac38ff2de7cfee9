import { describe, expect, it } from 'vitest'
import { MASK, maskSecrets } from './mask-secrets.ts'
import { parseJsonSource, type JsonNode } from './parse-json-source.ts'
import { DEFAULT_SECRET_WORDS } from './secret-words.ts'

const write = (node: JsonNode): string => {
  if (node.kind === 'array') return `[${node.items.map(write).join(',')}]`
  if (node.kind !== 'object') return node.text
  return `{${node.entries.map(({ key, value }) => `${key}:${write(value)}`).join(',')}}`
}
const masked = (json: string, words = DEFAULT_SECRET_WORDS) => {
  const { root, count } = maskSecrets(parseJsonSource(json), words)
  return { text: write(root), count }
}

describe('secrets in a payload', () => {
  it.each(['password', 'userPassword', 'API_KEY', 'apiKey', 'x-api-key', 'Authorization', 'access_token'])(
    'are hidden under %s',
    (key) => {
      expect(masked(JSON.stringify({ [key]: 'hunter2' }))).toEqual({
        text: `{"${key}":"${MASK}"}`,
        count: 1,
      })
    },
  )

  it('are hidden however deep, and whatever they are', () => {
    const { text, count } = masked('{"a":[{"secret":{"x":"hunter2"}},{"token":12345}],"b":"shown"}')
    expect(text).not.toMatch(/hunter2|12345/)
    expect(text).toContain('"b":"shown"')
    expect(count).toBe(2)
  })

  it('are found in a key that is written with escapes', () => {
    expect(masked(String.raw`{"p\u0061ssword":"hunter2"}`).text).not.toContain('hunter2')
  })

  it('leave everything else as it was written', () => {
    const json = '{"order":9007199254740993,"name":"a","password":null}'
    expect(masked(json)).toEqual({ text: json, count: 0 })
  })

  it('are what the reader says they are', () => {
    expect(masked('{"iban":"DE1","password":"x"}', ['IBAN', ' ']).text).toBe(
      `{"iban":"${MASK}","password":"x"}`,
    )
  })
})
