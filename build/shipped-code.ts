import { isBuiltin } from 'node:module'
import { build } from 'esbuild'

/** What a process or a thread starts with; it never sees what is inside the archive. */
const ENTRIES_OUTSIDE = [
  'server/store-thread.js',
  'server/executor-process.js',
  'server/executor-thread.js',
  'server/built-in-tasks.js',
  'server/penstock-tasks.js',
]
const MAIN_ENTRY = 'main/index.js'

/** Built modules, and what they import of packages. */
export interface ReachedCode {
  /** Relative to the folder of the build, with `/`. */
  readonly files: readonly string[]
  /** As `@orpc/server/fastify`; Electron's and Node's own are not among them. */
  readonly imports: readonly string[]
}

/** What has to lie beside the archive as files: threads and processes of Node read no archives. */
export function codeOutsideOfArchive(outFolder: string): Promise<ReachedCode> {
  return reach(outFolder, ENTRIES_OUTSIDE)
}

/** All modules that the packaged app can come to run. */
export function shippedCode(outFolder: string): Promise<ReachedCode> {
  return reach(outFolder, [MAIN_ENTRY, ...ENTRIES_OUTSIDE])
}

async function reach(outFolder: string, entries: readonly string[]): Promise<ReachedCode> {
  const { metafile } = await build({
    absWorkingDir: outFolder,
    entryPoints: [...entries],
    // Nothing is written: it is the list of what was read that is wanted.
    write: false,
    outdir: outFolder,
    metafile: true,
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'node24',
    logLevel: 'silent',
  })
  const imported = Object.values(metafile.inputs).flatMap(({ imports }) =>
    imports.filter(({ external }) => external === true).map(({ path: specifier }) => specifier),
  )
  return {
    files: Object.keys(metafile.inputs).filter(isFile).toSorted(),
    imports: [...new Set(imported)]
      .filter((specifier) => isFile(specifier) && !isBuiltin(specifier) && specifier !== 'electron')
      .toSorted(),
  }
}

/** esbuild lists its own helpers among what is imported, as `<runtime>`. */
const isFile = (name: string) => !name.startsWith('<')

/** The package that an import is of: `@orpc/server` of `@orpc/server/fastify`. */
export function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}
