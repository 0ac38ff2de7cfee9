import { existsSync } from 'node:fs'
import path from 'node:path'

/** The program, its tools and its tests need this major version of Node, or a newer one. */
export const NEEDED_NODE_MAJOR = 24

const ownMajor = Number(process.versions.node.split('.')[0])

/** Whether the Node that runs this script is new enough itself, and was not removed by a new installation. */
export function isOwnNodeEnough() {
  return ownMajor >= NEEDED_NODE_MAJOR && existsSync(process.execPath)
}

/**
 * Where the npm package `node` puts its executable.
 *
 * @param {string} folder the project's folder
 */
export function packagedNodePath(folder) {
  return path.join(folder, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
}

/**
 * The Node to run the project with: the project's own, else the one running this script if it is new enough.
 *
 * @param {string} folder the project's folder
 * @returns {string | null} null when there is none yet
 */
export function findProjectNode(folder) {
  const packaged = packagedNodePath(folder)
  if (existsSync(packaged)) return packaged
  return isOwnNodeEnough() ? process.execPath : null
}

/**
 * The environment of the project's tools: its Node and its executables come first on the PATH, so that
 * a `#!/usr/bin/env node` finds the right one.
 *
 * @param {string} folder the project's folder
 * @param {string} node absolute path of the Node in use
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {NodeJS.ProcessEnv}
 */
export function projectEnvironment(folder, node, env = process.env) {
  // Windows spells it Path; a second spelling would hide the first.
  const key = Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH'
  const places = [path.dirname(node), path.join(folder, 'node_modules', '.bin'), env[key] ?? '']
  return { ...env, [key]: places.join(path.delimiter) }
}
