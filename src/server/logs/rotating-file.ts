import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs'
import { mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'
import { listLogFiles, logFileName } from './log-files.ts'

export interface RotatingFileOptions {
  readonly folder: string
  /** A file that would grow beyond this is left, and the next one begun. */
  readonly maxBytes: number
  /** The oldest beyond this many are deleted. */
  readonly maxFiles: number
  /** How long nothing is tried after a failure, in milliseconds. */
  readonly retryAfterMs: number
  /** In milliseconds, never back. */
  readonly monotonic: () => number
  /** Told of the first failure after all went well; must not log. */
  readonly onFailure: (error: Error) => void
  /** A line that says how many were lost; written once it can be. */
  readonly describeLost: (lines: number) => string
}

export interface RotatingFile {
  /** Takes a line with its end; returns at once and never throws. */
  write(line: string): void
  /** Resolves when everything taken so far is written, or was given up. */
  settled(): Promise<void>
  /** Writes what is still held, before the process ends; never throws. */
  flushSync(): void
}

/**
 * Lines in numbered files, `penstock-000001.log` and on: a new one is begun rather than an old one renamed,
 * which Windows refuses while somebody reads it. What cannot be written is counted and dropped: a full disk
 * or a folder out of reach is no reason to stop, nor to hold lines without end.
 */
export function createRotatingFile(options: RotatingFileOptions): RotatingFile {
  const { folder, maxBytes, maxFiles, monotonic } = options
  let held: string[] = []
  let heldBytes = 0
  let lost = 0
  let hasFailed = false
  let retryAt = Number.NEGATIVE_INFINITY
  /** What is being written, until it is known to be. */
  let underWay: Uint8Array = Buffer.alloc(0)
  let writing: Promise<void> | null = null

  function take(): Buffer {
    const lines = lost === 0 ? held : [options.describeLost(lost), ...held]
    held = []
    heldBytes = 0
    return Buffer.from(lines.join(''))
  }

  /** Opened for each burst of lines: a folder that was deleted meanwhile is made again. */
  async function append(chunk: Buffer): Promise<void> {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const newest = Math.max(listLogFiles(folder).at(-1)?.number ?? 0, 1)
    if (await appendTo(newest, chunk)) return
    await appendTo(newest + 1, chunk)
    for (const old of listLogFiles(folder).slice(0, -maxFiles))
      rmSync(join(folder, old.name), { force: true })
  }

  /** @returns false when there is no room for it in that file. */
  async function appendTo(number: number, chunk: Buffer): Promise<boolean> {
    await using handle = await open(join(folder, logFileName(number)), 'a', 0o600)
    const { size } = await handle.stat()
    if (size > 0 && size + chunk.length > maxBytes) return false
    const { bytesWritten } = await handle.write(chunk)
    if (bytesWritten < chunk.length) throw new Error('not all of it was written')
    return true
  }

  async function pump(): Promise<void> {
    while (held.length > 0) {
      const count = held.length
      const told = lost
      const chunk = take()
      try {
        underWay = chunk
        await append(chunk)
        lost -= told
        hasFailed = false
      } catch (error) {
        lost += count
        giveUp(error)
      }
      underWay = Buffer.alloc(0)
    }
    writing = null
  }

  function giveUp(error: unknown): void {
    retryAt = monotonic() + options.retryAfterMs
    if (hasFailed) return
    hasFailed = true
    options.onFailure(error instanceof Error ? error : new Error(String(error)))
  }

  return {
    write(line) {
      if (monotonic() < retryAt || heldBytes + line.length > maxBytes) {
        lost += 1
        return
      }
      held.push(line)
      heldBytes += line.length
      writing ??= Promise.resolve().then(pump)
    },
    async settled() {
      while (writing !== null) await writing
    },
    flushSync() {
      // What is under way may be written twice; that is better than not at all.
      const chunk = Buffer.concat([underWay, held.length === 0 ? Buffer.alloc(0) : take()])
      if (chunk.length === 0) return
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 })
        const number = Math.max(listLogFiles(folder).at(-1)?.number ?? 0, 1)
        const opened = openSync(join(folder, logFileName(number)), 'a', 0o600)
        try {
          writeSync(opened, chunk)
        } finally {
          closeSync(opened)
        }
      } catch {
        // The process ends; there is nobody left to tell.
      }
    },
  }
}
