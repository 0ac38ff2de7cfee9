import { describe, expect, it } from 'vitest'
import { keyName, matchKey, type KeyStroke } from './key-name.ts'

const stroke = (key: string, held: Partial<KeyStroke> = {}): KeyStroke => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
})

describe('the name of a key stroke', () => {
  it('is the same with Ctrl and with ⌘, and whatever Caps Lock says', () => {
    expect(keyName(stroke('k', { ctrlKey: true }))).toBe('mod+k')
    expect(keyName(stroke('K', { metaKey: true }))).toBe('mod+k')
  })

  it('names a character by itself, whatever it takes to type it', () => {
    expect(keyName(stroke('?', { shiftKey: true }))).toBe('?')
    expect(keyName(stroke('Enter', { shiftKey: true }))).toBe('shift+Enter')
  })

  it('leaves Alt to the system', () => {
    expect(keyName(stroke('k', { altKey: true }))).toBeNull()
  })
})

describe('a sequence of keys', () => {
  const bindings = ['g o', 'g t', 't', '?']

  it('fires with its second key, in place of that key alone', () => {
    const first = matchKey(bindings, 'g', null, 0)
    expect(first).toEqual({ binding: null, pending: { name: 'g', at: 0 } })

    expect(matchKey(bindings, 't', first.pending, 500)).toEqual({ binding: 'g t', pending: null })
  })

  it('is forgotten after a second', () => {
    expect(matchKey(bindings, 't', { name: 'g', at: 0 }, 1001).binding).toBe('t')
  })

  it('that nobody knows fires nothing but what the key means alone', () => {
    expect(matchKey(bindings, 'x', { name: 'g', at: 0 }, 100).binding).toBeNull()
    expect(matchKey(bindings, '?', { name: 'g', at: 0 }, 100).binding).toBe('?')
  })
})
