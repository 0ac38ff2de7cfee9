import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'esbuild'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where this run's threads and processes of the engine are. */
    engineFolder: string
  }
}

const PROJECT = join(import.meta.dirname, '../..')

/** Entries by the names that a build gives them. */
const ENTRIES = {
  'store-thread': 'src/server/local/store/store-thread.ts',
  'executor-process': 'src/server/local/executor/executor-process.ts',
  'executor-thread': 'src/server/local/executor/executor-thread.ts',
  'built-in-tasks': 'src/tasks/built-in.ts',
  'penstock-tasks': 'src/tasks/api.ts',
}

/**
 * Compiles what runs in threads once for a whole run. Node could run the sources as they are, but it
 * strips their types with WebAssembly, anew in every thread, and V8 13.6 can take the process down
 * where several threads do so at once ("Check failed: jit_page.has_value()" in
 * Runtime_TierUpWasmToJSWrapper, or a segmentation fault). What is shipped has no types to strip.
 */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const parent = join(PROJECT, 'test-results')
  await mkdir(parent, { recursive: true })
  // Below the project, so that packages are found; its own, so that runs beside each other do no harm.
  const folder = await mkdtemp(join(parent, 'engine-'))
  await build({
    absWorkingDir: PROJECT,
    entryPoints: ENTRIES,
    outdir: folder,
    bundle: true,
    splitting: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'node24',
    sourcemap: true,
    logLevel: 'warning',
  })
  provide('engineFolder', folder)
  return () => rm(folder, { recursive: true, force: true })
}
