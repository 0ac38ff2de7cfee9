import { describe, expect, it } from 'vitest'
import type { ApiCall } from './api-calls.ts'
import { writeCall } from './write-call.ts'

const options = { address: 'http://127.0.0.1:8080', task: { id: 'an-id', number: 7 }, isKeyRequired: false }
const submit: ApiCall = {
  title: '',
  method: 'POST',
  path: '/tasks',
  body: { name: "it's", 'a-b': true, list: [null, 1.5] },
}

describe('a call as a program', () => {
  it('quotes what the language would take as its own', () => {
    expect(writeCall('curl', submit, options)).toContain(String.raw`{"name": "it'\''s", "a-b": true, `)
    expect(writeCall('python', submit, options)).toContain(
      `{"name": "it's", "a-b": True, "list": [None, 1.5]}`,
    )
    expect(writeCall('javascript', submit, options)).toContain(
      String.raw`{ name: 'it\'s', "a-b": true, list: [null, 1.5] }`,
    )
  })

  it('names a task that is there, else says where its id goes', () => {
    const read: ApiCall = { title: '', method: 'GET', path: '/tasks/{id}' }
    expect(writeCall('curl', read, options)).toBe(`curl 'http://127.0.0.1:8080/tasks/an-id'`)
    expect(writeCall('curl', read, { ...options, task: null })).toContain('/tasks/TASK-ID')
    expect(writeCall('curl', { ...read, path: '/{number}' }, options)).toContain('/7')
  })

  it.each(['curl', 'python', 'javascript'] as const)(
    'takes the key from the environment, in %s',
    (language) => {
      const text = writeCall(language, submit, { ...options, isKeyRequired: true })
      expect(text).toContain('PENSTOCK_API_KEY')
      expect(writeCall(language, submit, options)).not.toContain('PENSTOCK_API_KEY')
    },
  )
})
