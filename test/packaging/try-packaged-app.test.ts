import { chmodSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { tryPackagedApp } from '../../build/try-packaged-app.ts'
import { temporaryFolder, type TemporaryFolder } from '../support/temporary-folder.ts'

const CLI = path.join(import.meta.dirname, '../../out/server/cli.js')

describe.skipIf(process.platform === 'win32')('trying a packaged app', () => {
  let folder: TemporaryFolder
  beforeEach(() => (folder = temporaryFolder()))
  afterEach(() => folder[Symbol.dispose]())

  /** In the place of a packaged app: a shell script. */
  function tryScript(lines: string, limitMs: number): Promise<void> {
    const executable = path.join(folder.path, 'program')
    writeFileSync(executable, `#!/bin/sh\n${lines}\n`)
    chmodSync(executable, 0o755)
    return tryPackagedApp({ executable, home: folder.path, limitMs })
  }

  it('is content with one that shows its window, runs a task and ends in order', async () => {
    // The same broker without a window; the first argument is Electron's own.
    const script = `echo APP_WINDOW_READY; shift; exec '${process.execPath}' '${CLI}' serve "$@"`
    await expect(tryScript(script, 25_000)).resolves.toBeUndefined()
  })

  it('says what did not happen, and what was printed', async () => {
    await expect(tryScript('echo no display; exit 3', 10_000)).rejects.toThrow(
      /did not show its window: it ended with 3\nno display/,
    )
    await expect(
      tryPackagedApp({ executable: path.join(folder.path, 'gone'), home: folder.path, limitMs: 10_000 }),
    ).rejects.toThrow(/gone did not show its window: spawn .*ENOENT/)
  })

  it('does not wait for ever', async () => {
    await expect(tryScript('echo APP_WINDOW_READY; exec sleep 60', 300)).rejects.toThrow(
      // A shell may take longer than that to say its first word.
      /did not (?:show its window|listen): The operation was aborted/,
    )
  })
})
