import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MAX_DURATION_MS } from '../../../../shared/domain/limits.ts'
import { parseGoDuration } from '../../../../shared/domain/go-duration.ts'
import type { JsonText } from '../../../../shared/domain/json.ts'
import { aTask } from '../task-fixture.ts'
import { draftOfTask, readReplayDraft, writeDuration, type ReplayDraft } from './replay-draft.ts'

const task = aTask({ kwargs: '{"order_id":9007199254740993,"rate":1.0}' as JsonText })
const read = (change: Partial<ReplayDraft>) => readReplayDraft({ ...draftOfTask(task), ...change }, task)

describe('the form of "edit and run again"', () => {
  it('begins as the task is, each number as it was written', () => {
    expect(draftOfTask(task)).toEqual({
      kwargs: '{ "order_id": 9007199254740993, "rate": 1.0 }',
      args: '[]',
      queue: 'emails',
      priority: '5',
      maxRetries: '3',
      timeout: '5m',
    })
  })

  it('changes nothing when nothing was edited, so that the input is repeated byte for byte', () => {
    expect(read({})).toEqual({ changes: {}, problems: null })
  })

  it('changes nothing when only the layout is another', () => {
    const kwargs = '{\n  "order_id": 9007199254740993,\n  "rate": 1.0\n}'
    expect(read({ kwargs, args: '[ ]' })).toEqual({ changes: {}, problems: null })
    expect(read({ kwargs: kwargs.replace('1.0', '1.00') }).problems).toBeNull()
    expect(read({ kwargs: kwargs.replace('993', '992') })).toMatchObject({
      changes: { kwargs: expect.stringContaining('9007199254740992') },
    })
  })

  it('changes what was edited and only that', () => {
    expect(read({ kwargs: '{ "order_id": 9007199254740995 }', timeout: '1h 30m', priority: '9' })).toEqual({
      changes: { kwargs: '{ "order_id": 9007199254740995 }', timeoutMs: 5_400_000, priority: 9 },
      problems: null,
    })
  })

  it.each<[keyof ReplayDraft, string, string]>([
    ['kwargs', '{ "a": 1, }', 'Line 1, column 11'],
    ['kwargs', '', 'Line 1, column 1'],
    ['args', '{}', 'a list'],
    ['args', '['.repeat(70) + ']'.repeat(70), 'nested deeper'],
    ['queue', 'a b', 'Letters, digits'],
    ['queue', '', 'Letters, digits'],
    ['priority', '11', '0 to 10'],
    ['priority', '', '0 to 10'],
    ['maxRetries', '-1', '0 to 1000'],
    ['timeout', 'soon', '30s'],
    ['timeout', '0s', '30s'],
    ['timeout', '721h', '30 days'],
  ])('says what is wrong with %s “%s”', (field, text, problem) => {
    expect(read({ [field]: text }).problems?.[field]).toContain(problem)
  })
})

describe('a duration written out', () => {
  it('is read back as itself', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: MAX_DURATION_MS }), (ms) => {
        expect(parseGoDuration(writeDuration(ms))).toBe(ms)
      }),
    )
  })
})
