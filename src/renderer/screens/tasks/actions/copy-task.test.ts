import { expect, it } from 'vitest'
import { EVERYTHING } from '../../../../shared/domain/capabilities.ts'
import type { JsonText } from '../../../../shared/domain/json.ts'
import type { Task } from '../../../../shared/domain/task.ts'
import { inputParts, readParts } from './copy-input.ts'
import { planCopy } from './copy-task.ts'

const task = {
  name: 'mail',
  priority: 7,
  timeoutMs: 30_000,
  maxRetries: 2,
  metadata: { who: 'ada' },
} as unknown as Task
const kwargs = '{"to":"ada"}' as JsonText
const all = { untold: [], submitFields: EVERYTHING.coverage.submitFields, input: { kwargs }, queue: 'mail' }

it('takes along all that is known of a task to a broker that takes it all', () => {
  expect(planCopy(task, all)).toEqual({
    task: {
      name: 'mail',
      queue: 'mail',
      kwargs,
      priority: 7,
      timeoutMs: 30_000,
      maxRetries: 2,
      metadata: { who: 'ada' },
    },
    notTaken: [],
    notTold: [],
    impossible: null,
  })
})

it('leaves out what the other broker does not take, and what its own does not tell, and says so', () => {
  const plan = planCopy(task, {
    ...all,
    untold: ['maxRetries', 'name'],
    submitFields: ['name', 'args', 'kwargs', 'priority'],
  })
  expect(plan.task).toEqual({ name: 'mail', kwargs, priority: 7 })
  expect(plan.notTaken).toEqual(['queue', 'time limit', 'metadata'])
  expect(plan.notTold).toEqual(['retries'])
})

it('is not made without its input', () => {
  const args = '[1]' as JsonText
  const plan = planCopy(task, { ...all, input: { args }, submitFields: ['name', 'kwargs'] })
  expect(plan.impossible).toBe('It takes no positional input.')
})

it('edits one text of input, or two of a task that has both kinds', () => {
  const none = { args: '[]' as JsonText, kwargs: '{}' as JsonText }
  expect(inputParts(none)).toHaveLength(1)
  expect(inputParts({ ...none, args: '[1]' as JsonText })).toMatchObject([
    { text: expect.stringContaining('1') },
  ])
  expect(inputParts({ args: '[1]' as JsonText, kwargs })).toHaveLength(2)
  expect(readParts(['[1]'])).toEqual({ input: { args: '[1]' }, problems: [null] })
  expect(readParts(['[1]', kwargs])).toEqual({ input: { args: '[1]', kwargs }, problems: [null, null] })
  expect(readParts([kwargs, 'nonsense'])).toEqual({
    input: {},
    problems: ['A list, as [1, 2].', expect.any(String)],
  })
})
