import { describe, expect, it } from 'vitest'
import { EMPTY_CONNECTION, problemsIn, readConnection, readKey, suggestName } from './connection-draft.ts'

describe('a connection being added', () => {
  it.each([
    ['https://queue.example.org', 'queue-example-org'],
    ['127.0.0.1:8080', '127-0-0-1-8080'],
    ['  http://[::1]:8000/base ', '1-8000'],
    ['', ''],
    ['http://', ''],
  ])('of %j is called %j until it is given another name', (address, name) => {
    expect(suggestName(address, [])).toBe(name)
  })

  it('gets a name that is not taken', () => {
    expect(suggestName('prod', ['prod', 'prod-2'])).toBe('prod-3')
  })

  it('says what is wrong with which field', () => {
    expect(problemsIn({ ...EMPTY_CONNECTION, name: 'a b', key: 'ä' }, [])).toEqual({
      address: expect.any(String),
      name: expect.any(String),
      key: expect.any(String),
    })
    expect(problemsIn({ ...EMPTY_CONNECTION, address: 'x', name: 'prod' }, ['prod'])).toEqual({
      name: 'There is a connection of this name already.',
    })
    expect(problemsIn({ ...EMPTY_CONNECTION, address: 'x', name: 'prod' }, [])).toEqual({})
  })

  it('has its dialect asked and no key unless they are given', () => {
    const draft = { ...EMPTY_CONNECTION, address: ' here ', name: ' there ' }
    expect(readConnection(draft)).toEqual({
      address: 'here',
      name: 'there',
      colour: 'grey',
      isReadOnly: false,
      dialect: null,
      key: null,
    })
    expect(readConnection({ ...draft, dialect: 'asynq', key: 'k' })).toMatchObject({
      dialect: 'asynq',
      key: 'k',
    })
  })

  it('keeps its key through a change, unless another is given or it is forgotten', () => {
    expect(readKey(EMPTY_CONNECTION)).toBeUndefined()
    expect(readKey({ ...EMPTY_CONNECTION, isKeyForgotten: true })).toBeNull()
    expect(readKey({ ...EMPTY_CONNECTION, isKeyForgotten: true, key: 'new' })).toBe('new')
  })
})
