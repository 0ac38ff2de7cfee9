import { randomInt } from 'node:crypto'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { ensureBuild } from './ensure-build.mjs'
import { ensureDependencies } from './ensure-dependencies.mjs'
import { projectEnvironment } from './node-runtime.mjs'
import { projectFolder as folder } from './project-folder.mjs'
import { runCommand } from './run-command.mjs'
import { runMain } from './run-main.mjs'
import { SetupFailure } from './setup-failure.mjs'
import { planSlices, SUITES } from './torture-slices.mjs'

/** A slice that takes longer hangs. */
const SLICE_LIMIT_MS = 30 * 60_000

function readArguments() {
  const known = SUITES.map(({ name }) => name)
  const { values, positionals } = parseArgs({ options: { seed: { type: 'string' } }, allowPositionals: true })
  const unknown = positionals.filter((name) => !known.includes(name))
  if (unknown.length > 0)
    throw new SetupFailure(`there is no suite ${unknown.join(', ')}; there are ${known.join(', ')}.`)
  const seed = values.seed === undefined ? randomInt(2 ** 30) : Number(values.seed)
  if (!Number.isSafeInteger(seed) || seed < 0 || seed >= 2 ** 31 - 1000)
    throw new SetupFailure(`--seed takes a whole number below 2147482648, not '${values.seed}'.`)
  return { names: positionals, seed }
}

/**
 * `npm run test:torture`: the random tests at their full length, a slice at a time, each with its seed
 * and how long it took. Ends with one line `N passed, N failed`. Arguments name the suites to run
 * instead of all; `--seed N` repeats a run.
 */
await runMain(async () => {
  const { names, seed: firstSeed } = readArguments()
  const node = await ensureDependencies(folder)
  await ensureBuild(folder, node)

  let passed = 0
  let failed = 0
  for (const { suite, position, count, seed } of planSlices(names, firstSeed)) {
    const startedAt = performance.now()
    const { code, output } = await runCommand(
      node,
      [
        path.join(folder, 'node_modules/vitest/vitest.mjs'),
        'run',
        suite.file,
        // The report of the last `npm test` is left alone.
        '--outputFile.json=test-results/torture.json',
      ],
      {
        cwd: folder,
        env: {
          ...projectEnvironment(folder, node),
          [suite.countVariable]: String(count),
          [suite.seedVariable]: String(seed),
        },
        timeoutMs: SLICE_LIMIT_MS,
      },
    )
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
    const how = code === 0 ? 'passed' : 'FAILED'
    if (code === 0) passed += 1
    else failed += 1
    if (code !== 0) console.log(output)
    console.log(`${suite.name} ${position}: ${how}, ${count} ${suite.unit}, seed ${seed}, ${seconds} s`)
  }
  console.log('')
  console.log(`${passed} passed, ${failed} failed`)
  return failed === 0 ? 0 : 1
})
