import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'

const isTest = (/** @type {string} */ name) => /\.test\.tsx?$/.test(name)

/**
 * @param {string} place file or folder
 * @returns {string[]} the files in it, ordered, without tests
 */
function filesIn(place) {
  if (!existsSync(place)) return []
  if (!statSync(place).isDirectory()) return [place]
  return readdirSync(place)
    .toSorted()
    .filter((name) => !isTest(name))
    .flatMap((name) => filesIn(path.join(place, name)))
}

/**
 * One hash over the names and the contents of files: equal only when nothing a build reads has changed.
 *
 * @param {string} folder the project's folder
 * @param {readonly string[]} places files and folders in it; missing ones are taken as empty
 */
export function sourceFingerprint(folder, places) {
  const hash = createHash('sha256')
  for (const file of places.flatMap((place) => filesIn(path.join(folder, place)))) {
    const content = readFileSync(file)
    hash.update(`${path.relative(folder, file)}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}
