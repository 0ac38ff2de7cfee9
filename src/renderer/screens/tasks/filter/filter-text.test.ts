import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readFilterText, withoutLastWord, writeFilter } from './filter-text.ts'

const typing = (source: string) => readFilterText(source, { isDone: false })
const done = (source: string) => readFilterText(source, { isDone: true })

describe('the text of the filter box', () => {
  it('makes a filter of field:value once a space follows', () => {
    expect(typing('queue:payments ')).toMatchObject({ filters: { queue: 'payments' }, rest: '', text: '' })
  })

  it('leaves the filter that is being typed in the box, and does not search for it', () => {
    expect(typing('timeout queue:pay')).toEqual({
      filters: {},
      rest: 'timeout queue:pay',
      text: 'timeout',
      open: { field: 'queue', value: 'pay' },
      problem: null,
    })
  })

  it('takes the last filter too when the reader is done', () => {
    expect(done('state:running dead:false')).toMatchObject({
      filters: { state: 'running', dead: false },
      rest: '',
    })
  })

  it('searches for everything that is no filter, addresses and times included', () => {
    expect(done('http://x 12:30 gateway')).toMatchObject({ filters: {}, text: 'http://x 12:30 gateway' })
  })

  it('keeps words in quotes together', () => {
    expect(done('name:"nightly report" "two  spaces"')).toMatchObject({
      filters: { name: 'nightly report' },
      text: 'two  spaces',
    })
  })

  it('understands states as people write them', () => {
    for (const written of ['timed_out', 'timed-out', 'Timed_Out', '"timed out"'])
      expect(done(`state:${written}`).filters).toEqual({ state: 'timed_out' })
    expect(done('state:dead').filters).toEqual({ dead: true })
  })

  it.each([
    ['state:finished', 'No state is called finished'],
    ['queue:"a b"', 'letters, digits'],
    ['dead:maybe', 'true or false'],
    ['name:', 'needs a value'],
  ])('leaves %s in the box and says what is wrong', (source, problem) => {
    const reading = done(source)
    expect(reading.filters).toEqual({})
    expect(reading.rest).toBe(source)
    expect(reading.text).toBe('')
    expect(reading.problem).toContain(problem)
  })

  it('keeps the space after a word, so that typing goes on', () => {
    expect(typing('timeout ').rest).toBe('timeout ')
  })

  it('cuts a text that is longer than the broker searches for', () => {
    expect(done('x'.repeat(300)).text).toHaveLength(256)
  })

  it('never throws, and loses no word of what was typed', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (source) => {
        const { filters, rest, text } = done(source)
        if (source.trim() === '') return
        expect(Object.keys(filters).length > 0 || rest !== '' || text !== '').toBe(true)
      }),
    )
  })
})

describe('a filter written out', () => {
  it('is read back as itself', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]([a-z _.-]*[a-z])?$/), (name) => {
        expect(done(writeFilter('name', name)).filters).toEqual({ name })
      }),
    )
  })
})

describe('choosing a suggestion', () => {
  it('replaces the word at the end and nothing before it', () => {
    expect(withoutLastWord('timeout queue:pa')).toBe('timeout ')
    expect(withoutLastWord('timeout ')).toBe('timeout ')
    expect(withoutLastWord('')).toBe('')
  })
})

describe('filters by where a task came from', () => {
  it('are read whole, fingerprints with spaces and colons too', () => {
    const { filters, rest } = readFilterText('worker:gpu-1 parent:p1 replay:r1 error:"SmtpError: 550 <n>" ', {
      isDone: true,
    })
    expect(filters).toEqual({ worker: 'gpu-1', parent: 'p1', replay: 'r1', error: 'SmtpError: 550 <n>' })
    expect(rest).toBe('')
  })

  it('are refused where they cannot be an id', () => {
    expect(readFilterText(`worker:${'x'.repeat(65)} `, { isDone: true }).problem).toMatch(/at most 64/)
  })
})
