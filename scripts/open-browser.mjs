import { spawn } from 'node:child_process'

/**
 * The command that opens an address in the person's browser.
 *
 * @param {string} url
 * @param {{ platform: NodeJS.Platform, env: NodeJS.ProcessEnv }} machine
 * @returns {readonly [string, ...string[]] | null} null where there is nobody to see it
 */
export function browserCommand(url, { platform, env }) {
  if (env['CI']) return null
  if (platform === 'darwin') return ['open', url]
  // `start` is the shell's own; its first quoted argument is a title.
  if (platform === 'win32') return [env['ComSpec'] ?? 'cmd.exe', '/d', '/s', '/c', 'start', '""', url]
  return env['DISPLAY'] || env['WAYLAND_DISPLAY'] ? ['xdg-open', url] : null
}

/**
 * Opens an address in the person's browser, if there is one; whether it worked is theirs to see.
 *
 * @param {string} url
 * @param {{ platform: NodeJS.Platform, env: NodeJS.ProcessEnv }} machine
 */
export function openBrowser(url, machine) {
  const command = browserCommand(url, machine)
  if (command === null) return
  const [program, ...args] = command
  const child = spawn(program, args, { stdio: 'ignore', detached: true, windowsVerbatimArguments: true })
  child.on('error', () => {})
  child.unref()
}
