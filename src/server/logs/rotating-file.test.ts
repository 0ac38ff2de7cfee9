import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../../../test/support/temporary-folder.ts'
import { logFileName, readLastLines } from './log-files.ts'
import { createRotatingFile } from './rotating-file.ts'

function openIn(folder: string, { maxBytes = 1000, maxFiles = 3 } = {}) {
  const failures: string[] = []
  let at = 0
  const file = createRotatingFile({
    folder,
    maxBytes,
    maxFiles,
    retryAfterMs: 30_000,
    monotonic: () => at,
    onFailure: ({ message }) => failures.push(message),
    describeLost: (lines) => `${lines} lost\n`,
  })
  return { file, failures, advance: (ms: number) => (at += ms) }
}

const textOf = (folder: string, number: number) => readFileSync(join(folder, logFileName(number)), 'utf8')

describe('a rotating file', () => {
  it('begins with the first line, in a folder that only its owner may read, and goes on at the next start', async () => {
    using temporary = temporaryFolder()
    const folder = join(temporary.path, 'logs')
    const { file } = openIn(folder)
    expect(existsSync(folder)).toBe(false)
    file.write('one\n')
    await file.settled()
    const again = openIn(folder)
    again.file.write('two\n')
    await again.file.settled()
    expect(readdirSync(folder)).toEqual(['penstock-000001.log'])
    expect(textOf(folder, 1)).toBe('one\ntwo\n')
    if (process.platform !== 'win32') expect(statSync(folder).mode & 0o077).toBe(0)
  })

  it('never takes more room than its files, however much is written, and keeps the newest whole lines in order', async () => {
    using temporary = temporaryFolder()
    const folder = temporary.path
    const { file, failures } = openIn(folder)
    for (let n = 1; n <= 500; n += 1) {
      file.write(`${'x'.repeat(n % 90)} ${n}\n`)
      if (n % 7 === 0) await file.settled()
    }
    await file.settled()
    const names = readdirSync(folder)
    expect(names).toHaveLength(3)
    expect(names.every((name) => statSync(join(folder, name)).size <= 1000)).toBe(true)
    const numbers = readLastLines(folder, 10_000).map((line) => Number(line.split(' ')[1]))
    expect(numbers).toEqual(Array.from(numbers, (_, index) => 500 - numbers.length + 1 + index))
    expect(failures).toEqual([])
  })

  it('that cannot be written is told of once, holds nothing, and says how much is missing when it can again', async () => {
    using temporary = temporaryFolder()
    const folder = join(temporary.path, 'logs')
    writeFileSync(folder, 'a file where the folder should be')
    const { file, failures, advance } = openIn(folder)
    for (let n = 0; n < 100; n += 1) {
      file.write('lost\n')
      await file.settled()
      advance(10_000)
    }
    expect(failures).toHaveLength(1)
    rmSync(folder)
    advance(30_000)
    file.write('back\n')
    await file.settled()
    expect(textOf(folder, 1)).toBe('100 lost\nback\n')
    expect(failures).toHaveLength(1)
  })

  it('that loses its folder while it is written goes on in a new one', async () => {
    using temporary = temporaryFolder()
    const folder = join(temporary.path, 'logs')
    const { file, advance } = openIn(folder, { maxBytes: 20 })
    file.write('0123456789012\n')
    await file.settled()
    rmSync(folder, { recursive: true })
    file.write('abcdefghijklm\n')
    await file.settled()
    advance(30_000)
    file.write('later\n')
    await file.settled()
    expect(readLastLines(folder, 1000).at(-1)).toBe('later')
  })

  it('writes what it still holds when the process ends', () => {
    using temporary = temporaryFolder()
    const folder = temporary.path
    const { file } = openIn(folder)
    file.write('last words\n')
    file.flushSync()
    expect(textOf(folder, 1)).toBe('last words\n')
  })

  it('never throws, whatever is in its way', async () => {
    using temporary = temporaryFolder()
    const folder = join(temporary.path, 'logs')
    mkdirSync(join(folder, logFileName(1)), { recursive: true })
    const { file, failures } = openIn(folder)
    file.write('a folder has the name\n')
    await file.settled()
    file.write('again\n')
    file.flushSync()
    expect(failures).toHaveLength(1)
  })
})
