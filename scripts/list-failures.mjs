import path from 'node:path'
import { stripVTControlCharacters } from 'node:util'

/**
 * A test that failed.
 *
 * @typedef {object} Failure
 * @property {string} title where it is, and what it promises
 * @property {string} message what it said, without colours; empty when it said nothing
 */

/** Of more failures than these nobody reads the messages. */
const MOST_TOLD = 20
/** The rest of a message is in the runner's own output. */
const MOST_LINES = 12

/**
 * Failures in a report of Vitest's `json` reporter: each failed test, and each file that failed without one.
 *
 * @param {any} report
 * @param {string} folder of the project
 * @returns {Failure[]}
 */
export function listVitestFailures(report, folder) {
  return report.testResults.flatMap((/** @type {any} */ file) => {
    const name = path.relative(folder, file.name)
    const failed = file.assertionResults.filter((/** @type {any} */ test) => test.status === 'failed')
    if (failed.length === 0) {
      return file.status === 'failed' ? [failure(name, [file.message])] : []
    }
    return failed.map((/** @type {any} */ test) =>
      failure(`${name} › ${test.fullName}`, test.failureMessages),
    )
  })
}

/**
 * Failures in a report of Playwright's `json` reporter: each test that failed, once or always, and each error
 * outside of any test.
 *
 * @param {any} report
 * @returns {Failure[]}
 */
export function listPlaywrightFailures(report) {
  const outside = report.errors.map((/** @type {any} */ error) =>
    failure('outside of any test', [error.message]),
  )
  return [...report.suites.flatMap(failuresOfSuite), ...outside]
}

/**
 * @param {any} suite
 * @returns {Failure[]}
 */
function failuresOfSuite(suite) {
  const inner = (suite.suites ?? []).flatMap(failuresOfSuite)
  const own = (suite.specs ?? []).flatMap((/** @type {any} */ spec) =>
    spec.tests
      .filter((/** @type {any} */ test) => test.status === 'unexpected' || test.status === 'flaky')
      .map((/** @type {any} */ test) => {
        const errors = test.results.flatMap((/** @type {any} */ result) => result.errors)
        const messages = errors.map((/** @type {any} */ error) => error.message)
        return failure(`${spec.file}:${spec.line} › ${spec.title}`, messages)
      }),
  )
  return [...own, ...inner]
}

/**
 * @param {string} title
 * @param {readonly (string | undefined)[]} messages
 * @returns {Failure}
 */
function failure(title, messages) {
  const said = messages.filter((message) => message !== undefined && message !== '').join('\n')
  return { title, message: stripVTControlCharacters(said) }
}

/**
 * What is printed at the end of a run, where a log that was cut short still has it.
 *
 * @param {readonly Failure[]} failures
 * @returns {string[]} lines
 */
export function describeFailures(failures) {
  const told = failures.slice(0, MOST_TOLD).flatMap(({ title, message }) => {
    const lines = message.split('\n').filter((line) => line.trim() !== '')
    const cut = lines.length > MOST_LINES ? ['…'] : []
    return [`failed: ${title}`, ...[...lines.slice(0, MOST_LINES), ...cut].map((line) => `    ${line}`)]
  })
  const rest = failures.length - MOST_TOLD
  return rest > 0 ? [...told, `failed: ${rest} more`] : told
}
