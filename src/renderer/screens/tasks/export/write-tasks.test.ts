import { describe, expect, it } from 'vitest'
import type { JsonText } from '../../../../shared/domain/json.ts'
import { MASK } from '../../../ui/json/mask-secrets.ts'
import { aTask } from '../task-fixture.ts'
import { EXPORT_FORMATS, headOf, writeTask } from './write-tasks.ts'

const json = (text: string) => text as JsonText

describe('a task taken out of the window', () => {
  it.each(EXPORT_FORMATS)('never carries what a secret key says, as %s', (format) => {
    const task = aTask({
      kwargs: json('{"user":{"api_key":"s3cr3t-1"},"to":"ann"}'),
      args: json('[{"password":"s3cr3t-2"}]'),
      result: json('{"token":"s3cr3t-3"}'),
      metadata: { authorization: 's3cr3t-4' },
    })
    const text = writeTask(format, task, ['password', 'api key', 'token', 'authorization'])
    expect(text).not.toContain('s3cr3t')
    expect(text.split(MASK)).toHaveLength(5)
    expect(text).toContain('ann')
  })

  it('is JSON whose numbers are as they were written', () => {
    const text = writeTask('json', aTask({ kwargs: json('{"id":9007199254740993,"rate":1.0}') }), [])
    expect(text).toContain('"kwargs": {"id":9007199254740993,"rate":1.0}')
    expect(JSON.parse(text)).toMatchObject({ id: 't1', result: null, isDeadLetter: false, startedAt: null })
  })

  it('starts no formula in a spreadsheet', () => {
    const task = aTask({
      name: '=cmd|calc',
      error: { type: '+x', message: '@SUM(A1)', traceback: null, cause: null },
    })
    expect(writeTask('csv', task, [])).toMatch(/,"?'=cmd\|calc"?,/)
    expect(writeTask('csv', task, [])).toMatch(/,"?'\+x"?,"?'@SUM\(A1\)"?,/)
  })

  it('has a cell under each column', () => {
    const cells = (line: string) => line.trimEnd().split(',').length
    expect(headOf('csv', aTask())).toMatch(/^id,name,state,queue/)
    expect(cells(writeTask('csv', aTask(), []))).toBe(cells(headOf('csv', aTask())))
  })
})
