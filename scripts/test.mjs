import { ensureDependencies } from './ensure-dependencies.mjs'
import { describeFailures } from './list-failures.mjs'
import { projectFolder as folder } from './project-folder.mjs'
import { runMain } from './run-main.mjs'
import { SetupFailure } from './setup-failure.mjs'
import { STEPS } from './test-steps.mjs'

/** @typedef {import('./test-steps.mjs').Step} Step */

/**
 * The steps asked for by name, in their usual order: all of them by default, `static` for those that run
 * nothing.
 *
 * @param {readonly string[]} names
 */
function chooseSteps(names) {
  const unknown = names.filter((name) => name !== 'static' && STEPS.every((step) => step.name !== name))
  if (unknown.length > 0) {
    const known = ['static', ...STEPS.map((step) => step.name)].join(', ')
    throw new SetupFailure(`there is no step ${unknown.join(', ')}; there are ${known}.`)
  }
  if (names.length === 0) return STEPS
  return STEPS.filter((step) => names.includes(step.name) || (names.includes('static') && step.isStatic))
}

/**
 * @param {Step} step
 * @param {string} node
 */
async function runStep(step, node) {
  console.log(`\n== ${step.title}`)
  const startedAt = performance.now()
  /** @type {import('./test-steps.mjs').StepOutcome} */
  let outcome = { passed: 0, failed: 1 }
  try {
    outcome = await step.run({ folder, node })
  } catch (error) {
    if (!(error instanceof SetupFailure)) throw error
    console.log(error.output)
    outcome = { passed: 0, failed: 1, complaint: error.message }
  }
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  if (outcome.complaint) console.log(`${step.title}: ${outcome.complaint}`)
  console.log(`== ${step.title}: ${outcome.passed} passed, ${outcome.failed} failed (${seconds} s)`)
  return outcome
}

/**
 * `npm test`: sets up what is missing, runs every step even when one before it failed, and ends with what
 * failed and one line `N passed, N failed`. Arguments name the steps to run instead of all.
 */
await runMain(async () => {
  const steps = chooseSteps(process.argv.slice(2))
  const node = await ensureDependencies(folder)

  let passed = 0
  const failedSteps = []
  for (const step of steps) {
    const outcome = await runStep(step, node)
    passed += outcome.passed
    if (outcome.failed > 0) failedSteps.push({ step, outcome })
  }
  const failed = failedSteps.reduce((sum, { outcome }) => sum + outcome.failed, 0)

  console.log('')
  for (const { step, outcome } of failedSteps) {
    console.log(`failed: ${step.title}${outcome.complaint ? `: ${outcome.complaint}` : ''}`)
    for (const line of describeFailures(outcome.failures ?? [])) console.log(line)
  }
  console.log(`${passed} passed, ${failed} failed`)
  return failed === 0 && passed > 0 ? 0 : 1
})
