import { watch } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import type { Handler, HandlerProblem, LoadedHandlers } from '../../../shared/domain/worker.ts'
import { compileTaskFile, forgetOldModules, listTaskFiles } from './compile-tasks.ts'
import { describeError } from './describe-error.ts'
import type { DescribedHandler, ExecutorSettings } from './executor-protocol.ts'
import type { ThreadPool } from './thread-pool.ts'

/** A module that does not finish loading is stopped after this. */
const LOAD_TIMEOUT_MS = 10_000
/** Editors write a file in several steps. */
const SETTLE_MS = 100

/** Where a handler is loaded from. */
export interface LoadedFrom {
  readonly url: string
  readonly exportName: string
}

export interface HandlerRegistry {
  find(name: string): LoadedFrom | undefined
  list(): LoadedHandlers
  close(): void
}

interface Loaded {
  readonly handlers: ReadonlyMap<string, { readonly handler: Handler; readonly from: LoadedFrom }>
  readonly problems: readonly HandlerProblem[]
}

/**
 * Finds the handlers of the tasks folder and keeps up with its files. A file that cannot be loaded is
 * a problem with its error, and takes nothing else with it; its handlers of before are gone.
 */
export async function openHandlerRegistry(
  settings: ExecutorSettings,
  pool: ThreadPool,
  onChange: (list: LoadedHandlers) => void,
): Promise<HandlerRegistry> {
  await mkdir(settings.tasksFolder, { recursive: true })
  let loaded: Loaded = { handlers: new Map(), problems: [] }
  let timer: NodeJS.Timeout | undefined
  let isClosed = false
  let loading: Promise<void>

  async function loadFirst(): Promise<void> {
    loaded = await load(settings, pool)
    await forgetOldModules(
      settings.cacheFolder,
      new Set([...loaded.handlers.values()].map(({ from }) => from.url)),
    )
  }
  async function reload(): Promise<void> {
    if (isClosed) return
    loaded = await load(settings, pool)
    if (!isClosed) onChange(toList(loaded))
  }
  function schedule(): void {
    clearTimeout(timer)
    timer = setTimeout(() => {
      loading = loading.then(reload)
    }, SETTLE_MS)
  }
  // From before the first look on: what is saved while that is under way is looked at after it.
  const watcher = watch(settings.tasksFolder, { recursive: true, persistent: false }, (_event, file) => {
    if (file === null || !/(^|[\\/])node_modules([\\/]|$)/.test(file)) schedule()
  })
  watcher.on('error', () => {
    // The folder went away; what is loaded stays until the next start.
  })
  await (loading = loadFirst())

  return {
    find: (name) => loaded.handlers.get(name)?.from,
    list: () => toList(loaded),
    close() {
      isClosed = true
      clearTimeout(timer)
      watcher.close()
    },
  }
}

function toList({ handlers, problems }: Loaded): LoadedHandlers {
  return { handlers: [...handlers.values()].map(({ handler }) => handler), problems }
}

async function load(settings: ExecutorSettings, pool: ThreadPool): Promise<Loaded> {
  const handlers = new Map<string, { handler: Handler; from: LoadedFrom }>()
  const problems: HandlerProblem[] = []

  async function add(url: string, file: string | null): Promise<void> {
    let described: readonly DescribedHandler[]
    try {
      described = await pool.describe(url, AbortSignal.timeout(LOAD_TIMEOUT_MS))
    } catch (error) {
      const { type, message } = describeError(error)
      const why =
        type === 'AbortError'
          ? `It did not finish loading within ${LOAD_TIMEOUT_MS / 1000} s.`
          : `${type}: ${message}`
      problems.push({ file: file ?? 'built-in', message: why })
      return
    }
    if (described.length === 0 && file !== null)
      problems.push({
        file,
        message: 'It exports no handler: export a function, or what defineTask returns.',
      })
    for (const { name, exportName, ...rest } of described) {
      const taken = handlers.get(name)
      if (taken !== undefined) {
        const where = taken.handler.file ?? 'a built-in handler'
        problems.push({
          file: file ?? 'built-in',
          message: `The task name '${name}' is taken by ${where}; name one of them differently.`,
        })
      } else handlers.set(name, { handler: { name, file, ...rest }, from: { url, exportName } })
    }
  }

  await add(pathToFileURL(settings.builtInFile).href, null)
  for (const file of await listTaskFiles(settings.tasksFolder)) {
    const compiled = await compileTaskFile(settings.tasksFolder, file, settings)
    if ('message' in compiled) problems.push(compiled)
    else await add(compiled.url, compiled.file)
  }
  return { handlers, problems }
}
