import type { TaskError } from './task.ts'

const MAX_LENGTH = 200

/**
 * Groups errors that are the same but for ids, numbers and quoted text: `Timeout after 10 s` and
 * `Timeout after 12 s` are one. At most 200 characters, stable across versions.
 */
export function fingerprintOf({ type, message }: Pick<TaskError, 'type' | 'message'>): string {
  const firstLine = message.slice(0, 1000).split('\n', 1)[0]!
  const shape = firstLine
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, '<id>')
    .replaceAll(/'[^']*'|"[^"]*"/g, '<text>')
    .replaceAll(/0x[0-9a-f]+/gi, '<n>')
    .replaceAll(/\d+(?:\.\d+)?/g, '<n>')
  return `${type}: ${shape}`.slice(0, MAX_LENGTH)
}
