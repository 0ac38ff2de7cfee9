import type { ClientContext, ClientLink } from '@orpc/client'
import { expect, it, vi } from 'vitest'
import { capableOf } from '../../../shared/domain/capabilities.ts'
import { describeFailure } from '../failure.ts'
import { refuseLacking } from './refuse-lacking.ts'

const NO_SCHEDULES = 'There are no schedules.'

it('sends nothing that the broker cannot answer, and says why; it asks once what that is', async () => {
  const call = vi.fn<ClientLink<ClientContext>['call']>(async (path) =>
    path.join('.') === 'system.status'
      ? { capabilities: capableOf(['listTasks'], { schedules: NO_SCHEDULES }, 'It cannot.') }
      : 'answered',
  )
  const link = refuseLacking({ call })
  const ask = (...path: string[]) => link.call(path, undefined, { context: {} })
  const refusal = (...path: string[]) => ask(...path).then(() => null, describeFailure)

  expect(await Promise.all([ask('tasks', 'list'), ask('tasks', 'list')])).toEqual(['answered', 'answered'])
  expect(await refusal('schedules', 'list')).toEqual({
    code: 'NOT_SUPPORTED',
    message: NO_SCHEDULES,
    isTemporary: false,
  })
  expect(await refusal('queues', 'purge')).toMatchObject({ message: 'It cannot.' })
  expect(await refusal('sample', 'run')).toMatchObject({ code: 'NOT_SUPPORTED' })
  expect(call.mock.calls.map(([path]) => path.join('.'))).toEqual([
    'system.status',
    'tasks.list',
    'tasks.list',
  ])
})

it('asks again what the broker can do when it did not answer the first time', async () => {
  const call = vi
    .fn<ClientLink<ClientContext>['call']>()
    .mockRejectedValueOnce(new TypeError('Failed to fetch'))
    .mockResolvedValueOnce({ capabilities: capableOf(['overview'], {}, 'It cannot.') })
    .mockResolvedValueOnce('answered')
  const link = refuseLacking({ call })
  await expect(link.call(['overview'], undefined, { context: {} })).rejects.toThrow('Failed to fetch')
  expect(await link.call(['overview'], undefined, { context: {} })).toBe('answered')
})
