import { expect, it } from 'vitest'
import { describeUpdates } from './describe-updates.ts'

it('says why updates are off, and offers nothing', () => {
  expect(describeUpdates({ kind: 'off', reason: 'Made without a feed.' })).toEqual({
    status: 'Off',
    note: 'Made without a feed.',
    action: null,
  })
})

it('offers to look, whenever that is of use', () => {
  for (const state of [
    { kind: 'current', checkedAt: null },
    { kind: 'current', checkedAt: 1 },
    { kind: 'failed', message: 'net::ERR_INTERNET_DISCONNECTED' },
  ] as const)
    expect(describeUpdates(state).action?.kind).toBe('check')
  expect(describeUpdates({ kind: 'checking' }).action).toBeNull()
  expect(describeUpdates({ kind: 'failed', message: 'offline' }).note).toBe('offline')
})

it('follows a download, and offers the restart when there is something to restart as', () => {
  const downloading = describeUpdates({ kind: 'downloading', version: '0.2.0', percent: 41 })
  expect(downloading).toMatchObject({ status: 'Downloading 0.2.0, 41%', action: null })
  const ready = describeUpdates({ kind: 'ready', version: '0.2.0' })
  expect(ready).toMatchObject({ status: '0.2.0 is ready', action: { kind: 'restart' } })
})
