import { describe, expect, it } from 'vitest'
import { readFilterText } from './filter-text.ts'
import { suggest } from './suggestions.ts'

const sources = {
  queues: [
    { name: 'emails', hint: null },
    { name: 'payments', hint: 'paused' },
  ],
  names: ['process_payment', 'send_email'],
}
const offered = (source: string) =>
  suggest(readFilterText(source, { isDone: false }), sources).map(
    ({ field, value }) => `${field}:${value ?? ''}`,
  )

describe('suggestions of the filter box', () => {
  it('begin with what can be filtered by', () => {
    expect(offered('')).toEqual([
      'state:',
      'queue:',
      'name:',
      'dead:',
      'submitted:',
      'started:',
      'finished:',
      'priority:',
      'attempts:',
      'worker:',
      'error:',
      'parent:',
      'replay:',
    ])
  })

  it('are the values of the filter that is being typed', () => {
    expect(offered('queue:')).toEqual(['queue:emails', 'queue:payments'])
    expect(offered('foo dead:')).toEqual(['dead:true', 'dead:false'])
  })

  it('offer stretches of time by name', () => {
    expect(offered('submitted:')).toEqual(['submitted:1h', 'submitted:24h', 'submitted:7d'])
    expect(offered('priority:>')).toEqual(['priority:>=8'])
  })

  it('find values by a plain word, those that begin with it first', () => {
    expect(offered('pay')).toEqual(['queue:payments', 'name:process_payment'])
    expect(offered('s')).toEqual(expect.arrayContaining(['state:', 'state:scheduled', 'state:succeeded']))
  })

  it('stay away between words, where the reader is writing a sentence', () => {
    expect(offered('gateway ')).toEqual([])
  })

  it('are few', () => {
    expect(offered('e').length).toBeLessThanOrEqual(8)
  })
})
