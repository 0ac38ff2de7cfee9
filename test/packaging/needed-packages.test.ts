import { describe, expect, it } from 'vitest'
import { packagesNeededBy } from '../../build/needed-packages.ts'

const needs = (...names: string[]) => ({ dependencies: Object.fromEntries(names.map((name) => [name, '*'])) })

const lockfile = {
  packages: {
    '': {},
    'node_modules/server': needs('parser', 'logger'),
    'node_modules/parser': needs('lexer'),
    'node_modules/lexer': needs('parser'),
    'node_modules/logger': { optionalDependencies: { colours: '*', fsevents: '*' } },
    'node_modules/colours': {},
    'node_modules/viewer': needs('@scope/draw'),
    'node_modules/@scope/draw': needs('lexer'),
    'node_modules/@scope/draw/node_modules/lexer': needs('old-tables'),
    'node_modules/old-tables': {},
    'node_modules/broken': needs('gone'),
  },
}

describe('the packages that are needed', () => {
  it('are those asked for and all beneath them, once, with the optional ones that are there', () => {
    expect([...packagesNeededBy(lockfile, ['server'])].toSorted()).toEqual([
      'colours',
      'lexer',
      'logger',
      'parser',
      'server',
    ])
  })

  it('are found as Node finds them: the nearest of two versions', () => {
    expect(packagesNeededBy(lockfile, ['viewer'])).toContain('old-tables')
    expect(packagesNeededBy(lockfile, ['parser'])).not.toContain('old-tables')
  })

  it('stop at those whose files alone are read, and at those never needed', () => {
    expect([...packagesNeededBy(lockfile, ['viewer'], { filesOnly: ['viewer'] })]).toEqual(['viewer'])
    expect([...packagesNeededBy(lockfile, ['parser'], { never: ['lexer'] })]).toEqual(['parser'])
  })

  it('cannot be told when one is not locked', () => {
    expect(() => packagesNeededBy(lockfile, ['broken'])).toThrow(/gone, which node_modules\/broken needs/)
  })
})
