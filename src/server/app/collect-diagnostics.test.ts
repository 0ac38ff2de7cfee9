import { describe, expect, it } from 'vitest'
import { withoutUser } from './collect-diagnostics.ts'
import { describeLogLine } from './describe-log-line.ts'

describe('what strangers are shown', () => {
  it.each([
    ['/home/ada/.local/share/penstock', '/home/ada', 'ada', '~/.local/share/penstock'],
    ['data: /mnt/ada/data\nnext', '/home/ada', 'ada', 'data: /mnt/~/data\nnext'],
    [String.raw`D:\work\Ada.L\data`, String.raw`C:\Users\Ada.L`, 'Ada.L', String.raw`D:\work\~\data`],
    ['canada/x', '/home/ada', 'ada', 'canada/x'],
    ['/data', '/', 'root', '/data'],
  ])('has no name of a user in a path: %s', (text, home, user, shown) => {
    expect(withoutUser(text, home, user)).toBe(shown)
  })

  it.each([
    [
      { level: 40, time: 0, msg: 'x', err: { type: 'TypeError', message: 'secret' } },
      '1970-01-01T00:00:00.000Z warn x [TypeError]',
    ],
    [
      { level: 50, time: 0, msg: 'secret', err: { type: 'TypeError', message: 'secret' } },
      '1970-01-01T00:00:00.000Z error [TypeError]',
    ],
    [
      { level: 40, time: 0, msg: 'Task file a/b.ts: Error: const key = "secret"' },
      '1970-01-01T00:00:00.000Z warn Task file a/b.ts could not be loaded',
    ],
    [{ level: 40, time: 0, msg: 'first\nsecret code' }, '1970-01-01T00:00:00.000Z warn first'],
    [{ level: 30, time: 0, msg: 'secret' }, null],
    ['half a li', null],
  ])('is of a line of the log what names nothing: %j', (line, shown) => {
    expect(describeLogLine(typeof line === 'string' ? line : JSON.stringify(line))).toBe(shown)
  })
})
