import { describe, expect, it } from 'vitest'
import { chooseDialects } from './dialects.ts'
import { DEFAULT_LISTEN, isLoopback, parseListen } from './parse-listen.ts'

describe('what --listen takes', () => {
  it.each([
    ['8080=turbine,asynq', { host: '127.0.0.1', port: 8080, dialects: ['turbine', 'asynq'] }],
    ['0=asynq', { host: '127.0.0.1', port: 0, dialects: ['asynq'] }],
    ['0.0.0.0:80=turbine', { host: '0.0.0.0', port: 80, dialects: ['turbine'] }],
    ['[::1]:8080=turbine', { host: '::1', port: 8080, dialects: ['turbine'] }],
    ['broker.local:8080=turbine', { host: 'broker.local', port: 8080, dialects: ['turbine'] }],
  ])('reads %s', (text, expected) => {
    expect(parseListen(text)).toEqual(expected)
  })

  it.each([
    '',
    '8080',
    '8080=',
    '=turbine',
    '70000=turbine',
    '-1=turbine',
    'a b:80=turbine',
    '8080=turbine,',
  ])('refuses %j, saying what is expected', (text) => {
    expect(() => parseListen(text)).toThrow(/8080=turbine,asynq/)
  })

  it('is by default the two ports of the documents, with dialects that can share them', () => {
    const listeners = DEFAULT_LISTEN.map(parseListen)

    expect(listeners).toEqual([
      { host: '127.0.0.1', port: 8080, dialects: ['turbine', 'asynq'] },
      { host: '127.0.0.1', port: 8000, dialects: ['dtqs', 'taskmanager', 'taskqueue'] },
    ])
    for (const { dialects } of listeners)
      expect(chooseDialects(dialects).map(({ name }) => name)).toEqual(dialects)
  })

  it('serves dialects in one order, however they are named', () => {
    expect(chooseDialects(['taskmanager', 'dtqs', 'dtqs']).map(({ name }) => name)).toEqual([
      'dtqs',
      'taskmanager',
    ])
  })

  it.each([
    [['turbine', 'taskqueue'], /turbine and taskqueue cannot share a port: both answer GET \/api\/tasks/],
    [['asynq', 'dtqs'], /asynq and dtqs cannot share a port/],
    [['asynq', 'taskmanager'], /asynq and taskmanager cannot share a port/],
    [['taskmanager', 'nonsense'], /no dialect 'nonsense'/],
  ])('refuses %j on one port', (names, message) => {
    expect(() => chooseDialects(names)).toThrow(message)
  })

  it('knows which addresses stay on this machine', () => {
    expect(['127.0.0.1', '127.1.2.3', '::1', 'localhost'].map(isLoopback)).toEqual([true, true, true, true])
    expect(['0.0.0.0', '::', '192.168.1.2', 'example.org'].map(isLoopback)).toEqual([
      false,
      false,
      false,
      false,
    ])
  })
})
