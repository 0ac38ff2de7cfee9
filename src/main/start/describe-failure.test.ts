import { describe, expect, it } from 'vitest'
import { SetupError, UnusableFolderError } from '../../server/app/setup-error.ts'
import { describeFailure } from './describe-failure.ts'

const named = (name: string, message: string) => Object.assign(new Error(message), { name })

describe('what is said when Penstock could not start', () => {
  it.each([
    ['FolderInUseError', 'Another Penstock uses this data folder', 'try-again'],
    ['NewerDatabaseError', 'The database is of a newer Penstock', 'choose-data-folder'],
    ['ForeignDatabaseError', 'The database is of another program', 'choose-data-folder'],
    ['UnusableDatabaseError', 'The database cannot be opened', 'try-again'],
    ['MoveError', 'The data folder is not where it was moved to', 'try-again'],
  ])('names a %s, and offers what helps', (name, title, first) => {
    const failure = describeFailure(named(name, 'It is so. Choose another folder with --data.'))
    expect(failure).toMatchObject({ title, details: null })
    expect(failure.actions[0]).toBe(first)
    expect(failure.actions).toEqual(
      expect.arrayContaining(['try-again', 'choose-data-folder', 'open-data-folder', 'quit']),
    )
  })

  it('speaks of buttons, not of options of a command line', () => {
    const { message } = describeFailure(
      named('FolderInUseError', 'Stop it, or choose another folder with --data.'),
    )
    expect(message).toBe('Stop it, or choose another folder.')
  })

  it('knows a full disk, whatever could not be written on it', () => {
    for (const error of [
      named(
        'UnusableDatabaseError',
        'The database x cannot be opened (SQLITE_FULL: database or disk is full); …',
      ),
      named('UnusableDatabaseError', 'The database x cannot be opened (ENOSPC: no space left on device); …'),
      new UnusableFolderError('data', '/data', 'the disk is full'),
    ])
      expect(describeFailure(error).title).toBe('The disk is full')
  })

  it('offers another folder for the one that cannot be used', () => {
    expect(describeFailure(new UnusableFolderError('tasks', '/t', 'no')).actions).toContain(
      'choose-tasks-folder',
    )
    expect(describeFailure(new UnusableFolderError('data', '/d', 'no')).actions).toContain(
      'choose-data-folder',
    )
  })

  it('offers no folder where the command line is what is wrong', () => {
    expect(describeFailure(new SetupError('There is no dialect')).actions).toEqual(['try-again', 'quit'])
  })

  it('shows of a bug where it is, and still offers to go on', () => {
    const failure = describeFailure(new TypeError('x is not a function'))
    expect(failure.details).toContain('describe-failure.test')
    expect(failure.actions).toContain('try-again')
  })
})
