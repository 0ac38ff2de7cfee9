import type { DesktopMessage } from '../../../shared/contract/desktop-contract.ts'
import { WINDOW_COMMANDS } from '../../../shared/contract/window-commands.ts'
import { isTaskId } from '../palette/palette-entries.ts'

const TONES = ['success', 'failure', 'plain'] as const

/**
 * What the desktop app said, looked at again where it is acted upon; null for what it never says. By hand:
 * the schemas of the contract would bring a library that asks for `eval`, which the policy reports.
 */
export function readMessage(said: unknown): DesktopMessage | null {
  if (typeof said !== 'object' || said === null) return null
  // Every field is checked below before it is believed.
  const message = said as Partial<Record<string, unknown>>
  switch (message['kind']) {
    case 'command': {
      const id = WINDOW_COMMANDS.find((known) => known === message['id'])
      return id === undefined ? null : { kind: 'command', id }
    }
    case 'open-task': {
      const { taskId } = message
      return typeof taskId === 'string' && isTaskId(taskId) ? { kind: 'open-task', taskId } : null
    }
    case 'fill-submit':
      return {
        kind: 'fill-submit',
        name: textOrNull(message['name']),
        queue: textOrNull(message['queue']),
        input: textOrNull(message['input']),
      }
    case 'tell': {
      const tone = TONES.find((known) => known === message['tone']) ?? 'plain'
      const text = textOrNull(message['message'])
      return text === null ? null : { kind: 'tell', tone, message: text }
    }
    case 'ask-close':
      return { kind: 'ask-close' }
    default:
      return null
  }
}

const textOrNull = (value: unknown) => (typeof value === 'string' ? value : null)
