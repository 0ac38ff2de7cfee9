import { describe, expect, it } from 'vitest'
import { parsePools } from './parse-pool.ts'

describe('the pools of the command line', () => {
  it('are the default when none is given', () => {
    expect(parsePools([])).toBeUndefined()
  })

  it('have a name, threads, and queues when they are named', () => {
    expect(parsePools(['all=4', 'mail=2:mail,news.letter', 'a.b-c_D=1024:x:y'])).toEqual([
      { name: 'all', threads: 4, queues: null },
      { name: 'mail', threads: 2, queues: ['mail', 'news.letter'] },
      { name: 'a.b-c_D', threads: 1024, queues: ['x:y'] },
    ])
  })

  it.each([
    '',
    'mail',
    'mail=',
    '=4',
    'mail=0',
    'mail=1025',
    'mail=2.5',
    'mail=-1',
    'mail=2:',
    'mail=2:a,',
    'mail=2:a b',
    'm@il=2',
  ])('refuse %j, saying what is expected', (text) => {
    expect(() => parsePools([text])).toThrow(/'--pool .*is not understood.*mail=4:mail,newsletter/)
  })

  it('refuse one name twice', () => {
    expect(() => parsePools(['a=1', 'b=2', 'a=3'])).toThrow(/Two pools are named 'a'/)
  })
})
