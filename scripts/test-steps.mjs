import { readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { countPlaywright, countRun, countVitest } from './count-tests.mjs'
import { ensureBuild } from './ensure-build.mjs'
import { ensureChromium } from './ensure-chromium.mjs'
import { listPlaywrightFailures, listVitestFailures } from './list-failures.mjs'
import { projectEnvironment } from './node-runtime.mjs'
import { runCommand } from './run-command.mjs'

/** A run that takes longer hangs: four times what it takes on two quiet cores. */
const RUNNER_LIMIT_MS = 1_800_000

/** @typedef {{ folder: string, node: string }} Place */
/** @typedef {import('./list-failures.mjs').Failure} Failure */
/** @typedef {import('./count-tests.mjs').Count & { complaint?: string | null, failures?: Failure[] }} StepOutcome */

/**
 * @typedef {object} Step
 * @property {string} name one word, to ask for it alone
 * @property {string} title
 * @property {boolean} isStatic whether it looks at the sources without running them
 * @property {(place: Place) => Promise<StepOutcome>} run may throw a SetupFailure: the step failed
 */

/**
 * A tool that passes or fails as a whole.
 *
 * @param {string} name
 * @param {string} title
 * @param {readonly string[]} command script below the project's folder, and its arguments
 * @returns {Step}
 */
function check(name, title, [script = '', ...args]) {
  return {
    name,
    title,
    isStatic: true,
    async run({ folder, node }) {
      const { code } = await runCommand(node, [path.join(folder, script), ...args], {
        cwd: folder,
        env: projectEnvironment(folder, node),
        output: 'inherit',
        timeoutMs: RUNNER_LIMIT_MS,
      })
      return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
    },
  }
}

/**
 * Runs a test runner, and reads in the report it leaves how many tests there were and which failed.
 *
 * @param {Place} place
 * @param {object} runner
 * @param {readonly string[]} runner.command
 * @param {string} runner.report
 * @param {(report: any) => import('./count-tests.mjs').Count} runner.countReport
 * @param {(report: any, folder: string) => Failure[]} runner.listFailures
 * @param {NodeJS.ProcessEnv} [runner.env]
 * @returns {Promise<StepOutcome>}
 */
async function runTests({ folder, node }, { command, report, countReport, listFailures, env }) {
  const file = path.join(folder, report)
  rmSync(file, { force: true })
  const [script = '', ...args] = command
  const { code, isTimedOut } = await runCommand(node, [path.join(folder, script), ...args], {
    cwd: folder,
    env: { ...projectEnvironment(folder, node), ...env },
    output: 'inherit',
    timeoutMs: RUNNER_LIMIT_MS,
  })
  let count = null
  /** @type {Failure[]} */
  let failures = []
  try {
    const left = JSON.parse(readFileSync(file, 'utf8'))
    count = countReport(left)
    failures = listFailures(left, folder)
  } catch {
    // No report, or half of one: countRun says so.
  }
  const outcome = { ...countRun({ code, count }), failures }
  return isTimedOut ? { ...outcome, complaint: 'it took too long and was stopped' } : outcome
}

/** Everything that is checked, in order of cost. @type {readonly Step[]} */
export const STEPS = [
  check('format', 'Format (prettier)', [
    'node_modules/prettier/bin/prettier.cjs',
    '--check',
    '--log-level=warn',
    '.',
  ]),
  check('lint', 'Lint (oxlint)', ['node_modules/oxlint/bin/oxlint']),
  check('types', 'Types (tsc)', ['scripts/check-types.mjs']),
  check('borders', 'Borders (dependency-cruiser)', ['scripts/check-borders.mjs']),
  check('dead-code', 'Dead code (knip)', ['node_modules/knip/bin/knip.js']),
  {
    name: 'build',
    title: 'Build (electron-vite)',
    isStatic: false,
    async run({ folder, node }) {
      await ensureBuild(folder, node)
      return { passed: 1, failed: 0 }
    },
  },
  {
    name: 'unit',
    title: 'Units, conformance, dialects, crashes (vitest)',
    isStatic: false,
    run: (place) =>
      runTests(place, {
        command: ['node_modules/vitest/vitest.mjs', 'run'],
        report: 'test-results/vitest.json',
        countReport: countVitest,
        listFailures: listVitestFailures,
      }),
  },
  {
    name: 'e2e',
    title: 'End to end (playwright)',
    isStatic: false,
    run: async (place) =>
      runTests(place, {
        command: ['node_modules/@playwright/test/cli.js', 'test'],
        report: 'test-results/playwright.json',
        countReport: countPlaywright,
        listFailures: listPlaywrightFailures,
        env: { PENSTOCK_CHROMIUM: await ensureChromium(place.folder, place.node) },
      }),
  },
]
