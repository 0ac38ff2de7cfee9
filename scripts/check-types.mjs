import { existsSync, readdirSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { projectFolder } from './project-folder.mjs'
import { runCommand } from './run-command.mjs'
import { runMain } from './run-main.mjs'

/** One project per runtime; `.` is the tests and the configuration. */
const PROJECTS = [
  'src/shared',
  'src/tasks',
  'src/server',
  'src/main',
  'src/preload',
  'src/renderer',
  'scripts',
  '.',
]

/** Where every TypeScript file has to belong to one of the projects. */
const CHECKED_FOLDERS = ['src', 'test', 'build']

/**
 * @param {string} folder
 * @returns {string[]} TypeScript files below it, absolute
 */
function typeScriptIn(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const place = path.join(folder, entry.name)
    if (entry.isDirectory()) return typeScriptIn(place)
    return /\.tsx?$/.test(entry.name) ? [place] : []
  })
}

/**
 * @param {string} project
 * @returns {Promise<{ isGood: boolean, files: string[] }>} the project's own files, absolute
 */
async function checkProject(project) {
  const compiler = path.join(projectFolder, 'node_modules', 'typescript', 'lib', 'tsc.js')
  const { code, output } = await runCommand(
    process.execPath,
    [compiler, '-p', project, '--pretty', 'false', '--listFiles'],
    { cwd: projectFolder },
  )
  const lines = output.split(/\r?\n/).filter((line) => line !== '')
  const files = lines.filter((line) => path.isAbsolute(line)).map((line) => path.normalize(line))
  const findings = lines.filter((line) => !path.isAbsolute(line))
  const own = files.filter((file) => !file.includes(`${path.sep}node_modules${path.sep}`))
  if (findings.length > 0) console.log(`${project}\n${findings.join('\n')}`)
  if (own.length === 0) console.log(`${project}: no file was checked`)
  return { isGood: code === 0 && own.length > 0, files: own }
}

/** Checks the types of every runtime on its own, and that no file escapes. Also `npm run typecheck`. */
await runMain(async () => {
  const waiting = PROJECTS.filter((project) => existsSync(path.join(projectFolder, project, 'tsconfig.json')))
  /** @type {{ isGood: boolean, files: string[] }[]} */
  const outcomes = []
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      outcomes.push(await checkProject(next))
    }
  }
  await Promise.all(Array.from({ length: Math.min(4, os.availableParallelism()) }, worker))

  const checked = new Set(outcomes.flatMap(({ files }) => files))
  const escaped = CHECKED_FOLDERS.flatMap((folder) => typeScriptIn(path.join(projectFolder, folder))).filter(
    (file) => !checked.has(file),
  )
  for (const file of escaped)
    console.log(`${path.relative(projectFolder, file)}: no tsconfig.json includes it`)
  return escaped.length === 0 && outcomes.every(({ isGood }) => isGood) ? 0 : 1
})
