import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** @typedef {{ version?: string, resolved?: string, integrity?: string, optional?: boolean, devOptional?: boolean, peer?: boolean }} LockedPackage */
/** @typedef {{ packages?: Record<string, LockedPackage> }} Lockfile */

/** @param {string} file */
function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}

/** @param {string} folder */
const stampPath = (folder) => path.join(folder, 'node_modules', '.penstock-lockfile')

/** @param {string} folder */
function lockfileHash(folder) {
  const lockfile = readFileSync(path.join(folder, 'package-lock.json'))
  return createHash('sha256').update(lockfile).digest('hex')
}

/**
 * Whether what npm noted in node_modules is what the lockfile asks for. Packages that are for other
 * platforms only may be absent.
 *
 * @param {Lockfile} locked package-lock.json
 * @param {Lockfile} installed node_modules/.package-lock.json, which npm writes last
 */
export function isInstalledAsLocked(locked, installed) {
  const there = installed.packages ?? {}
  return Object.entries(locked.packages ?? {}).every(([place, wanted]) => {
    if (place === '') return true
    const found = there[place]
    if (found === undefined) return wanted.optional === true || wanted.devOptional === true
    return found.version === wanted.version && found.integrity === wanted.integrity
  })
}

/**
 * Whether node_modules holds what package-lock.json asks for: our stamp carries its hash, or npm's own
 * notes agree (somebody ran `npm install`).
 *
 * @param {string} folder the project's folder
 */
export function areDependenciesInstalled(folder) {
  if (readIfThere(stampPath(folder))?.trim() === lockfileHash(folder)) return true
  const notes = readIfThere(path.join(folder, 'node_modules', '.package-lock.json'))
  if (notes === null) return false
  try {
    const locked = JSON.parse(readFileSync(path.join(folder, 'package-lock.json'), 'utf8'))
    return isInstalledAsLocked(locked, JSON.parse(notes))
  } catch {
    return false
  }
}

/**
 * Notes that node_modules now holds what package-lock.json asks for.
 *
 * @param {string} folder the project's folder
 */
export function markDependenciesInstalled(folder) {
  writeFileSync(stampPath(folder), `${lockfileHash(folder)}\n`)
}
