import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { projectFolder } from './project-folder.mjs'
import { runCommand } from './run-command.mjs'
import { runMain } from './run-main.mjs'

/**
 * The folders whose modules have to turn up among the cruised ones: with a compiler it cannot use,
 * dependency-cruiser cruises nothing and reports success.
 *
 * @param {string} folder
 */
function foldersToSee(folder) {
  const inSource = readdirSync(path.join(folder, 'src'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => `src/${entry.name}/`)
  return existsSync(path.join(folder, 'test')) ? [...inSource, 'test/'] : inSource
}

/**
 * Checks who imports whom in a project's folder, by .dependency-cruiser.mjs. Also takes another folder
 * as its argument, which the test of the borders uses.
 */
await runMain(async () => {
  const folder = path.resolve(process.argv[2] ?? projectFolder)
  const tool = path.join(projectFolder, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruiser.mjs')
  const config = path.join(projectFolder, '.dependency-cruiser.mjs')
  const places = ['src', 'test', 'scripts', 'build'].filter((place) => existsSync(path.join(folder, place)))
  const { output } = await runCommand(
    process.execPath,
    [tool, '--config', config, '--output-type', 'json', ...places],
    { cwd: folder },
  )

  let report
  try {
    report = JSON.parse(output)
  } catch {
    console.log(output)
    return 1
  }
  /** @type {{ source: string }[]} */
  const modules = report.modules
  const unseen = foldersToSee(folder).filter(
    (place) => !modules.some(({ source }) => source.startsWith(place)),
  )
  for (const place of unseen) console.log(`${place} no module was cruised`)

  /** @type {{ from: string, to: string, rule: { name: string, severity: string } }[]} */
  const violations = report.summary.violations
  for (const { from, to, rule } of violations) console.log(`${rule.name}: ${from} -> ${to}`)
  console.log(`${modules.length} modules, ${violations.length} borders crossed`)
  return unseen.length === 0 && violations.length === 0 ? 0 : 1
})
