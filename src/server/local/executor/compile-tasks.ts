import { createHash } from 'node:crypto'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { isBuiltin } from 'node:module'
import { basename, dirname, extname, isAbsolute, join } from 'node:path'
import { pathToFileURL } from 'node:url'

const TASK_FILE = /\.[cm]?[jt]s$/
const NOT_A_TASK_FILE = /\.d\.[cm]?ts$|\.(test|spec)\.[cm]?[jt]s$/

export interface CompiledModule {
  /** Relative to the tasks folder. */
  readonly file: string
  /** Address of the compiled module; a changed file gets another one. */
  readonly url: string
  /** Every file it was built from. */
  readonly sources: readonly string[]
}

export interface CompileProblem {
  readonly file: string
  readonly message: string
}

/** Files of the tasks folder that may hold handlers: its top level only, so that others can be beside them. */
export async function listTaskFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  return entries
    .filter(
      (entry) =>
        entry.isFile() &&
        TASK_FILE.test(entry.name) &&
        !NOT_A_TASK_FILE.test(entry.name) &&
        !entry.name.startsWith('.'),
    )
    .map((entry) => entry.name)
    .toSorted()
}

/**
 * Bundles one task file with what it imports by relative path into one module named by its content,
 * so that an edit is a new address and needs no cache tricks. Packages are resolved from the tasks
 * folder and stay where they are. Stacks name the lines of the source.
 */
export async function compileTaskFile(
  folder: string,
  file: string,
  options: { readonly cacheFolder: string; readonly taskApiFile: string },
): Promise<CompiledModule | CompileProblem> {
  const esbuild = await import('esbuild')
  const entry = join(folder, file)
  try {
    const result = await esbuild.build({
      entryPoints: [entry],
      bundle: true,
      // Never written there: it is what the paths in the source map start from.
      outfile: join(options.cacheFolder, 'module.mjs'),
      write: false,
      metafile: true,
      format: 'esm',
      platform: 'node',
      target: 'node24',
      sourcemap: 'inline',
      sourcesContent: true,
      absWorkingDir: folder,
      logLevel: 'silent',
      define: { 'import.meta.url': JSON.stringify(pathToFileURL(entry).href) },
      plugins: [pinPackages(options.taskApiFile)],
    })
    const code = result.outputFiles[0]!.text
    const hash = createHash('sha256').update(code).digest('hex').slice(0, 16)
    await mkdir(options.cacheFolder, { recursive: true })
    const target = join(options.cacheFolder, `${basename(file, extname(file))}.${hash}.mjs`)
    await writeFile(target, code)
    return {
      file,
      url: pathToFileURL(target).href,
      sources: Object.keys(result.metafile.inputs).map((source) => join(folder, source)),
    }
  } catch (error) {
    return { file, message: describeBuildFailure(error) }
  }
}

/** Deletes the compiled modules of earlier runs, but for those that are in use. */
export async function forgetOldModules(cacheFolder: string, inUse: ReadonlySet<string>): Promise<void> {
  const files = await readdir(cacheFolder).catch(() => [])
  const old = files
    .map((file) => join(cacheFolder, file))
    .filter((file) => !inUse.has(pathToFileURL(file).href))
  await Promise.all(old.map((file) => rm(file, { force: true })))
}

interface BuildFailure {
  readonly errors: readonly {
    readonly text: string
    readonly location: { file: string; line: number; column: number } | null
  }[]
}

function describeBuildFailure(error: unknown): string {
  const errors = (error as Partial<BuildFailure>).errors
  if (errors === undefined || errors.length === 0)
    return error instanceof Error ? error.message : String(error)
  return errors
    .map(({ text, location }) =>
      location === null ? text : `${location.file}:${location.line}:${location.column}: ${text}`,
    )
    .join('\n')
}

/**
 * Bare imports become addresses, found from the importing file as Node would import them: the compiled
 * module lives elsewhere.
 */
function pinPackages(taskApiFile: string): import('esbuild').Plugin {
  return {
    name: 'pin-packages',
    setup(build) {
      build.onResolve({ filter: /^[^./]/ }, async ({ path, importer, kind, pluginData }) => {
        if (pluginData === LOOKING_UP || kind === 'entry-point' || isBuiltin(path) || isAbsolute(path))
          return undefined
        if (path === 'penstock/tasks') return { path: pathToFileURL(taskApiFile).href, external: true }
        const found = await build.resolve(path, {
          kind: 'import-statement',
          importer,
          resolveDir: dirname(importer),
          pluginData: LOOKING_UP,
        })
        if (found.errors.length === 0) return { path: pathToFileURL(found.path).href, external: true }
        const text = `Cannot find the package '${path}'; install it in the tasks folder (npm install ${path}).`
        return { errors: [{ text }] }
      })
    },
  }
}

/** Marks our own question, so that the answer is esbuild's. */
const LOOKING_UP = Symbol('looking up')
