import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { describeFailures, listPlaywrightFailures, listVitestFailures } from '../../scripts/list-failures.mjs'

const RED = '\u001B[31m'
const FOLDER = resolve('/penstock')

describe('listVitestFailures', () => {
  it('names each failed test with its file and what it said', () => {
    const report = {
      testResults: [
        {
          name: join(FOLDER, 'src', 'a.test.ts'),
          status: 'failed',
          assertionResults: [
            { status: 'passed', fullName: 'a holds', failureMessages: [] },
            { status: 'failed', fullName: 'a breaks', failureMessages: [`${RED}expected 1 to be 2`] },
          ],
        },
      ],
    }
    expect(listVitestFailures(report, FOLDER)).toEqual([
      { title: `${join('src', 'a.test.ts')} › a breaks`, message: 'expected 1 to be 2' },
    ])
  })

  it('names a file that could not be loaded', () => {
    const broken = { name: join(FOLDER, 'b.test.ts'), status: 'failed', message: 'no such module' }
    const report = { testResults: [{ ...broken, assertionResults: [] }] }
    expect(listVitestFailures(report, FOLDER)).toEqual([{ title: 'b.test.ts', message: 'no such module' }])
  })
})

describe('listPlaywrightFailures', () => {
  it('names failed and flaky tests in suites of any depth, and errors outside of tests', () => {
    const test = (status: string, ...errors: string[]) => ({
      status,
      results: [{ errors: errors.map((message) => ({ message })) }],
    })
    const spec = (title: string, ...tests: object[]) => ({ title, file: 'e2e/w.spec.ts', line: 7, tests })
    const report = {
      errors: [{ message: 'the browser is gone' }],
      suites: [
        {
          specs: [
            spec('stays', test('expected')),
            spec('goes', test('unexpected', 'was there', 'and there')),
          ],
          suites: [{ specs: [spec('comes and goes', test('flaky', 'was not there'))] }],
        },
      ],
    }
    expect(listPlaywrightFailures(report)).toEqual([
      { title: 'e2e/w.spec.ts:7 › goes', message: 'was there\nand there' },
      { title: 'e2e/w.spec.ts:7 › comes and goes', message: 'was not there' },
      { title: 'outside of any test', message: 'the browser is gone' },
    ])
  })
})

describe('describeFailures', () => {
  it('prints the beginning of what each said', () => {
    const message = Array.from({ length: 14 }, (_, index) => `line ${index + 1}\n`).join('\n')
    const lines = describeFailures([{ title: 'a › b', message }])
    expect(lines.slice(0, 2)).toEqual(['failed: a › b', '    line 1'])
    expect(lines.slice(-2)).toEqual(['    line 12', '    …'])
  })

  it('says how many more there are than are worth reading', () => {
    const failures = Array.from({ length: 23 }, (_, index) => ({ title: `test ${index}`, message: '' }))
    const lines = describeFailures(failures)
    expect(lines).toHaveLength(21)
    expect(lines.at(-1)).toBe('failed: 3 more')
  })
})
