import { test } from '@playwright/test'
import { spawn } from 'node:child_process'
import path from 'node:path'
import { findElectron } from '../../scripts/electron-binary.mjs'
import type { DesktopApp, Exit, LaunchOptions } from './desktop-app.ts'
import { electronArgs, launchElectron } from './launch-electron.ts'
import { launchStandIn, standInArgs } from './launch-stand-in.ts'

export const PROJECT_FOLDER = path.resolve(import.meta.dirname, '..', '..')

const wanted = process.env['E2E_SHELL']
const electronFile = wanted === 'stand-in' ? null : findElectron(PROJECT_FOLDER)
if (wanted === 'electron' && electronFile === null)
  throw new Error('E2E_SHELL=electron, and the binary of Electron is not installed.')
const SHELL =
  electronFile === null ? 'the stand-in for Electron (test/e2e/electron-stand-in)' : 'real Electron'

let isSaid = false

/**
 * Starts the built desktop app: in real Electron where its binary is installed, else (or with
 * `E2E_SHELL=stand-in`) in its stand-in. `E2E_SHELL=electron` puts up with nothing less. Says which, once on
 * the terminal and in each test's report.
 */
export async function launch(options: LaunchOptions): Promise<DesktopApp> {
  if (!isSaid) process.stdout.write(`The desktop app runs in ${SHELL}.\n`)
  isSaid = true
  noteShell()
  return electronFile === null
    ? launchStandIn(PROJECT_FOLDER, options)
    : launchElectron(PROJECT_FOLDER, electronFile, options)
}

/** For tests that share an app which another one launched. */
export function noteShell(): void {
  const { annotations } = test.info()
  if (!annotations.some(({ type }) => type === 'shell'))
    annotations.push({ type: 'shell', description: SHELL })
}

/** Starts the app without driving it, and waits for it to end by itself. */
export function runToEnd(
  options: LaunchOptions,
): Promise<Exit & { readonly stdout: string; readonly stderr: string }> {
  const program = spawn(
    electronFile ?? process.execPath,
    electronFile === null ? standInArgs(PROJECT_FOLDER, options) : electronArgs(PROJECT_FOLDER, options),
    { cwd: PROJECT_FOLDER, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let stdout = ''
  let stderr = ''
  program.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  program.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  return new Promise((resolve, reject) => {
    program.once('error', reject)
    program.once('close', (code, signal) => resolve({ code, signal, stdout, stderr }))
  })
}
