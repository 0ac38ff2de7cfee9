import { symlinkSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { runCommand } from '../../scripts/run-command.mjs'
import { openWritableFolder } from './writable-folder.ts'

/** Names that must not compile in a runtime that has no such thing. */
const FOREIGN = {
  'src/shared': ['setTimeout', 'process', 'document', 'Buffer', 'fetch'],
  'src/renderer': ['process', 'Buffer', 'require'],
  'src/server': ['document', 'window'],
  'src/preload': ['process', 'Buffer'],
}

describe('the tsconfig of each runtime', () => {
  it.each(Object.entries(FOREIGN))('lets no global of another one compile in %s', async (runtime, names) => {
    using folder = openWritableFolder()
    folder.write({
      'foreign.ts': names.map((name) => `void ${name}\n`).join(''),
      'tsconfig.json': JSON.stringify({
        extends: path.resolve(runtime, 'tsconfig.json'),
        include: ['foreign.ts'],
      }),
    })
    symlinkSync(path.resolve('node_modules'), path.join(folder.path, 'node_modules'), 'junction')
    const compiler = path.resolve('node_modules/typescript/lib/tsc.js')

    const { output } = await runCommand(process.execPath, [compiler, '-p', folder.path, '--pretty', 'false'])

    const unknown = [...output.matchAll(/Cannot find name '(\w+)'/g)].map(([, name]) => name)
    expect(unknown).toEqual(names)
  })
})
