/** @typedef {{ passed: number, failed: number }} Count */

/**
 * Tests in a report of Vitest's `json` reporter. A file that failed without a failed test in it, as one
 * that could not be loaded, is one failure; so is an error outside of any test. Skipped ones count nowhere.
 *
 * @param {any} report
 * @returns {Count}
 */
export function countVitest(report) {
  const passed = report.numPassedTests
  /** @type {{ status: string, assertionResults: { status: string }[] }[]} */
  const files = report.testResults
  const brokenFiles = files.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
  )
  const failed = report.numFailedTests + brokenFiles.length
  return { passed, failed: failed === 0 && report.success !== true ? 1 : failed }
}

/**
 * Tests in a report of Playwright's `json` reporter. A flaky one failed; so did each error outside of
 * any test. Skipped ones count nowhere.
 *
 * @param {any} report
 * @returns {Count}
 */
export function countPlaywright(report) {
  const { expected, unexpected, flaky } = report.stats
  return { passed: expected, failed: unexpected + flaky + report.errors.length }
}

/**
 * What a test run counts as. A runner that ended badly without a failed test, left no report or ran
 * nothing is one failure: nothing passes by not being run.
 *
 * @param {object} run
 * @param {number | null} run.code the runner's exit code
 * @param {Count | null} run.count what its report says; null when there is none
 * @returns {Count & { complaint: string | null }}
 */
export function countRun({ code, count }) {
  if (count === null) return { passed: 0, failed: 1, complaint: 'the runner left no report' }
  const { passed, failed } = count
  if (passed + failed === 0) return { passed, failed: 1, complaint: 'the runner ran no test' }
  if (code !== 0 && failed === 0) {
    return { passed, failed: 1, complaint: `the runner ended with ${code ?? 'a signal'}, yet no test failed` }
  }
  return { passed, failed, complaint: null }
}
