import { expect, it } from 'vitest'
import { readCommandLine } from './command-line.ts'

it('reads our own flags between those of Chromium and Electron', () => {
  const line = readCommandLine([
    '--no-sandbox',
    '--user-data-dir=/profile',
    '.',
    '--data',
    '/tmp/data',
    '--tasks=/tmp/tasks',
    '--listen',
    '0=turbine,asynq',
    '--listen=8081=dtqs',
    '--hidden',
  ])
  expect(line).toEqual({
    dataFolder: '/tmp/data',
    tasksFolder: '/tmp/tasks',
    listeners: ['0=turbine,asynq', '8081=dtqs'],
    isHidden: true,
  })
})

it('says null for what is not given', () => {
  expect(readCommandLine(['.'])).toEqual({
    dataFolder: null,
    tasksFolder: null,
    listeners: null,
    isHidden: false,
  })
})
