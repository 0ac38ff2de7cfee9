import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvLine } from './csv.ts'

/** Fields of one line as RFC 4180 reads them, without our own writer. */
function read(line: string): string[] {
  const fields: string[] = []
  let rest = line.slice(0, -2)
  for (;;) {
    const quoted = /^"((?:[^"]|"")*)"/.exec(rest)
    const plain = /^[^",\r\n]*/.exec(rest)!
    fields.push(quoted === null ? plain[0] : quoted[1]!.replaceAll('""', '"'))
    rest = rest.slice((quoted ?? plain)[0].length)
    if (rest === '') return fields
    if (!rest.startsWith(',')) throw new Error(`no comma before ${rest}`)
    rest = rest.slice(1)
  }
}

describe('a line of CSV', () => {
  it('ends as RFC 4180 says, and has nothing where there is nothing', () => {
    expect(csvLine(['a', 3, null, ''])).toBe('a,3,,\r\n')
  })

  it.each([
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ['two\nlines', '"two\nlines"'],
    ['a;b', '"a;b"'],
    [' a ', '" a "'],
    ['naïve 日本 🙂', 'naïve 日本 🙂'],
  ])('quotes %j where it has to', (text, field) => {
    expect(csvLine([text])).toBe(`${field}\r\n`)
  })

  it.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '  =1',
    '＝1',
    '=HYPERLINK("http://x","y")',
  ])('makes text of what a spreadsheet would run: %j', (formula) => {
    expect(read(csvLine([formula]))).toEqual([`'${formula}`])
  })

  it('is read back as it was, whatever its cells say, and starts no formula', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 5 }), (cells) => {
        const fields = read(csvLine(cells))

        expect(fields).toHaveLength(cells.length)
        for (const [index, field] of fields.entries()) {
          expect([cells[index], `'${cells[index]}`]).toContain(field)
          expect(field.trimStart()).not.toMatch(/^[=+@-]/)
        }
      }),
    )
  })
})
