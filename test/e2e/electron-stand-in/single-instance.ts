import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'

/** What a second instance tells the first. */
export interface SecondInstance {
  readonly argv: string[]
  readonly workingDirectory: string
}

export interface InstanceLock {
  /** Whether this process is the only one on its profile. */
  readonly isHeld: boolean
  /** Resolves once the first instance has heard of this one; at once in the first. */
  readonly isTold: Promise<void>
  release(): void
}

/** One program per profile, by a file that names its process and a socket on which the others call. */
export function acquireInstanceLock(
  userData: string,
  onSecond: (second: SecondInstance) => void,
): InstanceLock {
  mkdirSync(userData, { recursive: true })
  const lockFile = path.join(userData, 'stand-in.lock')
  const address = socketOf(userData)
  if (!takeLock(lockFile)) return { isHeld: false, isTold: tellFirst(address), release: () => {} }

  if (process.platform !== 'win32') rmSync(address, { force: true })
  const server = createServer((socket) => {
    let text = ''
    socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
    socket.on('end', () => {
      onSecond(JSON.parse(text) as SecondInstance)
      socket.end()
    })
  })
  server.listen(address).unref()
  return {
    isHeld: true,
    isTold: Promise.resolve(),
    release: () => {
      server.close()
      // Node removes it too, but not when the process ends right after.
      if (process.platform !== 'win32') rmSync(address, { force: true })
      rmSync(lockFile, { force: true })
    },
  }
}

function socketOf(userData: string): string {
  const name = `penstock-stand-in-${createHash('sha256').update(userData).digest('hex').slice(0, 16)}`
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : path.join(os.tmpdir(), `${name}.sock`)
}

function takeLock(lockFile: string): boolean {
  try {
    writeFileSync(lockFile, String(process.pid), { flag: 'wx' })
    return true
  } catch {
    if (isAlive(Number(readFileSync(lockFile, 'utf8')))) return false
    // Left behind by an instance that was killed.
    writeFileSync(lockFile, String(process.pid))
    return true
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

function tellFirst(address: string): Promise<void> {
  const second: SecondInstance = { argv: process.argv, workingDirectory: process.cwd() }
  return new Promise((resolve, reject) => {
    const socket = connect(address, () => socket.end(JSON.stringify(second)))
    socket.on('close', () => resolve())
    socket.on('error', reject)
    socket.resume()
  })
}
