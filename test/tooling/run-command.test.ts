import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { runCommand } from '../../scripts/run-command.mjs'
import { isAlive } from '../support/process-life.ts'
import { openWritableFolder } from './writable-folder.ts'

const node = process.execPath

/** A program that starts a child which would run for ever, notes its id in `file`, and goes on. */
const leaveChild = (file: string, after: string) => `
  const { spawn } = require('node:child_process')
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
  require('node:fs').writeFileSync(${JSON.stringify(file)}, String(child.pid))
  ${after}`

describe('runCommand', () => {
  it('answers the exit code and both streams', async () => {
    const { code, output } = await runCommand(node, [
      '-e',
      'console.log("a"); console.error("b"); process.exitCode = 3',
    ])

    expect(code).toBe(3)
    expect(output).toContain('a\n')
    expect(output).toContain('b\n')
  })

  it('answers why a program could not be started', async () => {
    const { code, startError } = await runCommand('/nowhere/at-all', [])

    expect(code).toBeNull()
    expect(startError?.message).toContain('ENOENT')
  })

  it.skipIf(process.platform === 'win32')(
    'stops everything the command started when time runs out',
    async () => {
      using folder = openWritableFolder()
      const file = path.join(folder.path, 'child')
      const run = runCommand(node, ['-e', leaveChild(file, 'setInterval(() => {}, 1000)')], {
        timeoutMs: 3_000,
      })

      await vi.waitUntil(() => existsSync(file) && readFileSync(file, 'utf8') !== '', { timeout: 10_000 })
      const { isTimedOut } = await run

      expect(isTimedOut).toBe(true)
      await vi.waitUntil(() => !isAlive(Number(readFileSync(file, 'utf8'))), { timeout: 10_000 })
    },
  )

  it.skipIf(process.platform === 'win32')('leaves nothing behind that the command left', async () => {
    using folder = openWritableFolder()
    const file = path.join(folder.path, 'child')

    await runCommand(node, ['-e', leaveChild(file, 'process.exit(0)')])

    const child = Number(readFileSync(file, 'utf8'))
    await vi.waitFor(() => expect(isAlive(child)).toBe(false), { timeout: 10_000 })
  })
})
