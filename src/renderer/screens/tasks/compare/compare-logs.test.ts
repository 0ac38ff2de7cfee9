import { expect, test } from 'vitest'
import type { LogEntry } from '../../../../shared/domain/task.ts'
import { linesThatDiffer } from './compare-logs.ts'

const say = (...messages: string[]): LogEntry[] =>
  messages.map((message, index) => ({ at: index, attempt: 1, level: 'info', message }))

test('lines that the first run did not say are marked, whenever they were said', () => {
  expect(linesThatDiffer(say('begin', 'end'), say('begin', 'slow\ndown', 'end'))).toEqual([
    false,
    true,
    false,
  ])
})

test('the same words at another level differ', () => {
  expect(linesThatDiffer(say('x'), [{ at: 0, attempt: 1, level: 'warn', message: 'x' }])).toEqual([true])
})

test('against a run that said nothing, everything differs; nothing said differs in nothing', () => {
  expect(linesThatDiffer([], say('a', ''))).toEqual([true, true])
  expect(linesThatDiffer(say('a'), [])).toEqual([])
})
