import { describe, expect, it } from 'vitest'
import { EMPTY_DRAFT, readDraft, readInput, type SubmitDraft } from './submit-draft.ts'

const draft = (fields: Partial<SubmitDraft>): SubmitDraft => ({ ...EMPTY_DRAFT, name: 'demo', ...fields })

describe('a submit draft', () => {
  it('needs nothing but a name', () => {
    expect(readDraft(draft({}))).toEqual({
      task: { name: 'demo', queue: 'default', kwargs: '{}' },
      problems: null,
    })
  })

  it('sends the input as it was typed', () => {
    const input = '{ "order_id": 9007199254740993, "rate": 1.0 }'

    expect(readDraft(draft({ input })).task?.kwargs).toBe(input)
  })

  it('takes a list as positional arguments', () => {
    expect(readInput('[1, 2]')).toEqual({ args: '[1, 2]' })
  })

  it("reads the time in the reader's own zone", () => {
    const at = new Date(2030, 4, 6, 7, 8).getTime()

    expect(readDraft(draft({ runAt: '2030-05-06T07:08' })).task?.runAt).toBe(at)
  })

  it.each([
    [{ name: '  ' }, 'name', 'Say which handler runs it.'],
    [{ queue: 'no spaces' }, 'queue', 'Letters, digits and _ . : - only; at most 128.'],
    [{ priority: '11' }, 'priority', 'A whole number from 0 to 10.'],
    [{ maxRetries: '1.5' }, 'maxRetries', 'A whole number from 0 to 1000.'],
    [{ input: '{"a" 1}' }, 'input', 'Line 1, column 6: a colon is missing after "a"; found “1”.'],
    [{ input: '5' }, 'input', 'The input is an object, as { "count": 5 }, or a list, as [1, 2].'],
  ] as const)('with %j is refused at its %s', (fields, field, message) => {
    const { task, problems } = readDraft(draft(fields))

    expect(task).toBeNull()
    expect(problems?.[field]).toBe(message)
  })

  it('names everything that is wrong at once', () => {
    const { problems } = readDraft(draft({ name: '', priority: 'high', input: '{' }))

    expect(Object.keys(problems ?? {}).toSorted()).toEqual(['input', 'name', 'priority'])
  })
})
