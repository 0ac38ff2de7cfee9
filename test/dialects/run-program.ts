import { spawn, spawnSync } from 'node:child_process'

export interface ProgramExit {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Whether a program is installed, asked by its `--version`. */
export const isInstalled = (program: string): boolean => spawnSync(program, ['--version']).error === undefined

/** Runs a program to its end. It may talk to a server of this process, which goes on meanwhile. */
export function runProgram(program: string, args: readonly string[]): Promise<ProgramExit> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, stdout, stderr }))
  })
}
