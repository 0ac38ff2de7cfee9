import { describe, expect, it } from 'vitest'
import { readDropped, type DroppedFile } from './read-dropped.ts'

function file(name: string, content: string | Uint8Array<ArrayBuffer>): DroppedFile {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  return { name, size: bytes.length, arrayBuffer: () => Promise.resolve(bytes.buffer) }
}
const problem = (pattern: RegExp) => ({ problem: expect.stringMatching(pattern) as unknown })

describe('a file that is dropped on the window', () => {
  it.each([
    [
      'an object',
      'a.json',
      ' {"id": 12345678901234567890, "a": 1.0}\n',
      '{"id": 12345678901234567890, "a": 1.0}',
    ],
    ['a list', 'a.json', '[1, [2]]', '[1, [2]]'],
    ['another value', 'a.json', '"text"\n', '["text"]'],
    ['JSON by another name', 'payload.txt', '{"a":1}', '{"a":1}'],
    ['text', 'notes.md', '# "Hi"\n', '["# \\"Hi\\"\\n"]'],
    ['an empty text', 'empty.txt', '', '[""]'],
  ])('becomes the input as it stands: %s', async (_what, name, content, input) => {
    expect(await readDropped([file(name, content)])).toEqual({ input })
  })

  it('that claims to be JSON and is not is refused with the place', async () => {
    expect(await readDropped([file('broken.JSON', '{"a": 1,\n "b" 2}')])).toEqual(
      problem(/^broken\.JSON is no JSON\. Line 2, column 6: /),
    )
  })

  it('that is no text is refused', async () => {
    expect(await readDropped([file('cat.png', new Uint8Array([0x89, 0x50, 0x4e, 0x47]))])).toEqual(
      problem(/no text in UTF-8/),
    )
    expect(await readDropped([file('core', 'a\0b')])).toEqual(problem(/is no text/))
  })

  it('that is too large is refused, also when only its JSON is', async () => {
    expect(await readDropped([file('big.txt', 'x'.repeat(1_100_000))])).toEqual(
      problem(/1\.05 MB.*at most 0\.98 MB/),
    )
    expect(await readDropped([file('quotes.txt', '"'.repeat(600_000))])).toEqual(problem(/1\.14 MB as JSON/))
  })

  it('is one, and can be read', async () => {
    expect(await readDropped([])).toEqual(problem(/Nothing/))
    expect(await readDropped([file('a', ''), file('b', '')])).toEqual(problem(/^2 files/))
    const folder = { ...file('folder', ''), arrayBuffer: () => Promise.reject(new Error('NotFoundError')) }
    expect(await readDropped([folder])).toEqual(problem(/folder could not be read/))
  })
})
