import { registerHooks } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { runInThisContext } from 'node:vm'
import type { FromProgram, ToProgram } from './control-messages.ts'

/**
 * Runs a built main process under plain Node: `node run.ts <main file> <arguments of Electron …>`.
 * Only once the main module has been evaluated does `ready` happen, as in Electron: a program that
 * waits for it at its top level never starts.
 */
const [mainFile = '', ...args] = process.argv.slice(2)
process.argv = [process.execPath, ...args]

const electronUrl = new URL('./electron.ts', import.meta.url).href
registerHooks({
  resolve: (specifier, context, nextResolve) =>
    specifier === 'electron' ? { url: electronUrl, shortCircuit: true } : nextResolve(specifier, context),
})

const electron = await import('./electron.ts')
const tell = (message: FromProgram) => process.send?.(message)

process.on('message', (message: ToProgram) => void evaluate(message))
// The pipe to the test keeps nothing alive that the program itself would let end.
process.channel?.unref()
process.on('disconnect', () => electron.app.exit(0))

await import(pathToFileURL(path.resolve(mainFile)).href)
await electron.app.becomeReady((endpoint) => tell({ kind: 'browser', endpoint }))

async function evaluate({ id, source, argument }: ToProgram): Promise<void> {
  try {
    const run = runInThisContext(`(${source})`) as (module: typeof electron, argument: unknown) => unknown
    tell({ kind: 'evaluated', id, value: await run(electron, argument) })
  } catch (error) {
    tell({ kind: 'evaluated', id, error: String(error) })
  }
}
