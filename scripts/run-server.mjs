import { spawn } from 'node:child_process'
import path from 'node:path'
import { projectEnvironment } from './node-runtime.mjs'
import { exitCodeOf, supervisedSpawnOptions, superviseChild } from './supervise-child.mjs'

/**
 * Runs the built server's command line in the foreground until it ends.
 *
 * The child also gets a channel to us, which closes when we are gone, however we went: a server that
 * listens for `disconnect` can stop even when nobody was left to tell it.
 *
 * @param {string} folder the project's folder
 * @param {string} node absolute path of Node 24
 * @param {readonly string[]} args the command and its options
 * @param {object} [options]
 * @param {(url: string) => void} [options.onListening] told the first address the server prints, once
 * @returns {Promise<number>} its exit code
 */
export async function runServer(folder, node, args, { onListening } = {}) {
  const child = spawn(node, [path.join(folder, 'out', 'server', 'cli.js'), ...args], {
    env: projectEnvironment(folder, node),
    stdio: ['ignore', onListening === undefined ? 'inherit' : 'pipe', 'inherit', 'ipc'],
    ...supervisedSpawnOptions,
  })

  let heard = ''
  let isListening = onListening === undefined
  child.stdout?.setEncoding('utf8').on('data', (text) => {
    process.stdout.write(text)
    if (isListening) return
    heard += text
    const url = /https?:\/\/[^\s/]+:\d+\/?(?=\s)/.exec(heard)?.[0]
    if (url === undefined) return
    isListening = true
    heard = ''
    onListening?.(url)
  })

  return exitCodeOf(await superviseChild(child))
}
