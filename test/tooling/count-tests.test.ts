import { describe, expect, it } from 'vitest'
import { countPlaywright, countRun, countVitest } from '../../scripts/count-tests.mjs'

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((test) => ({ status: test })),
})

describe('countVitest', () => {
  it('counts passed and failed tests, and skipped ones nowhere', () => {
    const report = {
      numPassedTests: 2,
      numFailedTests: 1,
      success: false,
      testResults: [file('failed', 'passed', 'failed', 'skipped'), file('passed', 'passed')],
    }
    expect(countVitest(report)).toEqual({ passed: 2, failed: 1 })
  })

  it('counts a file that could not be loaded as a failure', () => {
    const report = { numPassedTests: 5, numFailedTests: 0, success: false, testResults: [file('failed')] }
    expect(countVitest(report)).toEqual({ passed: 5, failed: 1 })
  })

  it('counts an error outside of any test as a failure', () => {
    const report = { numPassedTests: 5, numFailedTests: 0, success: false, testResults: [file('passed')] }
    expect(countVitest(report)).toEqual({ passed: 5, failed: 1 })
  })
})

describe('countPlaywright', () => {
  it('counts flaky tests and errors outside of tests as failures', () => {
    const report = { stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 3 }, errors: [{}] }
    expect(countPlaywright(report)).toEqual({ passed: 4, failed: 3 })
  })
})

describe('countRun', () => {
  it('takes a good run as its report says', () => {
    expect(countRun({ code: 0, count: { passed: 3, failed: 0 } })).toEqual({
      passed: 3,
      failed: 0,
      complaint: null,
    })
  })

  it.each([
    ['left no report', { code: 0, count: null }, 0],
    ['ran no test', { code: 0, count: { passed: 0, failed: 0 } }, 0],
    ['crashed although no test failed', { code: 3, count: { passed: 7, failed: 0 } }, 7],
    ['was killed', { code: null, count: { passed: 7, failed: 0 } }, 7],
  ])('makes a runner that %s one failure', (_, run, passed) => {
    expect(countRun(run)).toMatchObject({ passed, failed: 1, complaint: expect.any(String) })
  })
})
