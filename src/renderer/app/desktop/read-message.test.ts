import { describe, expect, it } from 'vitest'
import { desktopMessage, type DesktopMessage } from '../../../shared/contract/desktop-contract.ts'
import { readMessage } from './read-message.ts'

const TASK = '0199b2c4-7a1e-7c3d-9f00-aa117b02f9c4'

describe('what the desktop app says', () => {
  it.each<DesktopMessage>([
    { kind: 'command', id: 'page:/dead-letters' },
    { kind: 'open-task', taskId: TASK },
    { kind: 'fill-submit', name: 'resize', queue: null, input: '{}' },
    { kind: 'tell', tone: 'failure', message: 'It was not done.' },
    { kind: 'ask-close' },
  ])('is understood as the contract has it: $kind', (message) => {
    expect(desktopMessage.parse(message)).toEqual(message)
    expect(readMessage(message)).toEqual(message)
  })

  it.each([
    null,
    'command',
    [],
    {},
    { kind: 'run', code: 'alert(1)' },
    { kind: 'command', id: 'constructor' },
    { kind: 'command', id: ['submit'] },
    { kind: 'open-task', taskId: '../../settings' },
    { kind: 'open-task', taskId: 7 },
    { kind: 'tell', message: { text: 'x' } },
  ])('is nothing when it is %j', (said) => {
    expect(readMessage(said)).toBeNull()
  })
})
