import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Plugin } from 'vite'

/** What is read of package-lock.json. */
interface Lockfile {
  readonly packages: Readonly<Record<string, { readonly dev?: boolean; readonly devOptional?: boolean }>>
}

interface PackageJson {
  readonly name?: string
  readonly version?: string
  readonly license?: string
}

const LICENCE_FILE = /^(?:licen[cs]e|copying|notice)(?:[.-].*)?$/i

/**
 * Writes `licences.txt` beside the window: the licence of every package that is needed at run time, by the
 * lockfile, and of every one that is bundled into the window, by what was bundled.
 */
export function writeLicences(projectFolder: string): Plugin {
  return {
    name: 'penstock:licences',
    apply: 'build',
    generateBundle(_options, bundle) {
      // Fonts are named by styles alone: they are no modules, and come out as assets.
      const assets = Object.values(bundle).flatMap((file) =>
        file.type === 'asset'
          ? file.originalFileNames.map((name) => path.resolve(projectFolder, 'src/renderer', name))
          : [],
      )
      const bundled = [...this.getModuleIds(), ...assets].flatMap(
        (id) => placeOfModule(projectFolder, id) ?? [],
      )
      const source = renderLicences(projectFolder, [...runTimePlaces(projectFolder), ...bundled])
      this.emitFile({ type: 'asset', fileName: 'licences.txt', source })
    },
  }
}

/** Places as `node_modules/a/node_modules/b` of what is installed for more than development. */
function runTimePlaces(projectFolder: string): readonly string[] {
  const lockfile = JSON.parse(readFileSync(path.join(projectFolder, 'package-lock.json'), 'utf8')) as Lockfile
  return Object.entries(lockfile.packages)
    .filter(([place, { dev, devOptional }]) => place !== '' && dev !== true && devOptional !== true)
    .map(([place]) => place)
}

/** The package that a bundled module is of; null for our own. */
function placeOfModule(projectFolder: string, id: string): string | null {
  const file = id.replace(/^\0/, '').replace(/\?.*$/, '').replaceAll('\\', '/')
  const from = file.indexOf('/node_modules/')
  if (from === -1) return null
  const inside = file.slice(file.lastIndexOf('/node_modules/') + '/node_modules/'.length)
  const name = /^(?:@[^/]+\/)?[^/]+/.exec(inside)![0]
  const place = `${file.slice(from + 1, file.lastIndexOf('/node_modules/') + 1)}node_modules/${name}`
  return existsSync(path.join(projectFolder, place, 'package.json')) ? place : null
}

function renderLicences(projectFolder: string, places: readonly string[]): string {
  const texts = new Map<string, string>()
  for (const place of new Set(places)) {
    const folder = path.join(projectFolder, place)
    // Natives of other systems are locked, and not installed here.
    if (!existsSync(path.join(folder, 'package.json'))) continue
    const { name, version, license } = JSON.parse(
      readFileSync(path.join(folder, 'package.json'), 'utf8'),
    ) as PackageJson
    const files = readdirSync(folder).filter((file) => LICENCE_FILE.test(file))
    const text = files.map((file) => readFileSync(path.join(folder, file), 'utf8').trim()).join('\n\n')
    texts.set(`${name} ${version} (${license ?? 'see below'})`, text || 'The package has no text of its own.')
  }
  const sorted = [...texts].toSorted(([one], [other]) => one.localeCompare(other))
  const rule = '-'.repeat(80)
  return `What Penstock is made of, and under which licence: ${sorted.length} packages.\n\n${sorted
    .map(([title, text]) => `${rule}\n${title}\n${rule}\n\n${text}\n`)
    .join('\n')}`
}
