import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isForPeople } from './app/setup-error.ts'
import { createProgram } from './cli/create-program.ts'
import { exitCodeOf } from './cli/exit-codes.ts'
import { safeText } from './cli/safe-text.ts'
import { systemTerminal } from './cli/terminal.ts'
import { ConnectionsFileError } from './connections/own-file.ts'

/** Headless entry. Standard output is for what scripts read; everything else goes to standard error. */

// Whoever reads our output may leave early, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

try {
  await createProgram(systemTerminal, dirname(fileURLToPath(import.meta.url))).parseAsync()
} catch (error) {
  const exitCode = exitCodeOf(error)
  if (exitCode !== null) {
    process.stderr.write(`${safeText((error as Error).message, 4000)}\n`)
    process.exit(exitCode)
  }
  const text =
    isForPeople(error) || error instanceof ConnectionsFileError
      ? error.message
      : `Penstock failed: ${error instanceof Error ? error.stack : String(error)}`
  process.stderr.write(`${text}\n`)
  process.exit(1)
}
