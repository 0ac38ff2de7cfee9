import { copyFileSync, mkdirSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { projectEnvironment } from '../../scripts/node-runtime.mjs'
import { runCommand } from '../../scripts/run-command.mjs'
import { openWritableFolder } from './writable-folder.ts'

const HOOK_IN_A_CONDITION = `import { useState } from 'react'

export function Sometimes({ is }: { is: boolean }) {
  if (!is) return null
  const [count] = useState(0)
  return <p>{count}</p>
}`

/** What breaks each rule, as `[rule, file, code]`. */
const BREACHES = [
  ['hand-in-time-and-dice', 'src/shared/domain/now.ts', 'export const at = () => Date.now()'],
  ['hand-in-time-and-dice', 'src/server/dispatch/dice.ts', 'export const roll = () => Math.random()'],
  ['hand-in-time-and-dice', 'src/server/dispatch/today.ts', 'export const today = () => new Date()'],
  ['no-console', 'src/server/dispatch/talk.ts', "export const talk = () => console.log('hello')"],
  [
    'no-floating-promises',
    'src/server/dispatch/float.ts',
    'export function go() {\n  Promise.resolve(1).then(String)\n}',
  ],
  [
    'switch-exhaustiveness-check',
    'src/server/dispatch/cases.ts',
    "export function name(state: 'on' | 'off') {\n  switch (state) {\n    case 'on':\n      return 1\n  }\n  return 2\n}",
  ],
  ['only-throw-error', 'src/server/dispatch/throw.ts', "export function fail() {\n  throw 'text'\n}"],
  ['no-default-export', 'src/server/dispatch/unnamed.ts', 'export default 1'],
  ['rules-of-hooks', 'src/renderer/hook.tsx', HOOK_IN_A_CONDITION],
] as const

/** What is allowed in these places, and would be a breach elsewhere. */
const ALLOWED = {
  'src/server/clock.ts': 'export const now = () => Date.now()',
  'src/server/dispatch/instant.ts': 'export const text = (at: number) => new Date(at).toISOString()',
  'src/server/cli.ts': "console.log('ready')",
  'src/server/dispatch/clock.test.ts': 'export const at = () => Date.now()',
}

async function lint(files: Record<string, string>) {
  using folder = openWritableFolder()
  folder.write(files)
  folder.write({
    'tsconfig.json': JSON.stringify({
      compilerOptions: { strict: true, module: 'preserve', jsx: 'react-jsx', noEmit: true, types: [] },
      include: ['src'],
    }),
  })
  copyFileSync('.oxlintrc.json', path.join(folder.path, '.oxlintrc.json'))
  mkdirSync(path.join(folder.path, 'scripts/lint'), { recursive: true })
  copyFileSync('scripts/lint/penstock-plugin.mjs', path.join(folder.path, 'scripts/lint/penstock-plugin.mjs'))
  symlinkSync(path.resolve('node_modules'), path.join(folder.path, 'node_modules'), 'junction')

  const { output, code } = await runCommand(
    process.execPath,
    [path.resolve('node_modules/oxlint/bin/oxlint'), '--format=unix'],
    { cwd: folder.path, env: projectEnvironment(process.cwd(), process.execPath) },
  )
  return { output: output.replaceAll(`${folder.path}/`, ''), code }
}

describe('the linter, with our configuration', () => {
  it('reports what our rules forbid', async () => {
    const { output, code } = await lint(
      Object.fromEntries(BREACHES.map(([, file, source]) => [file, `${source}\n`])),
    )

    const lines = output.split('\n')
    for (const [rule, file] of BREACHES) {
      expect(
        lines.some((line) => line.startsWith(`${file}:`) && line.includes(rule)),
        `${file}\n${output}`,
      ).toBe(true)
    }
    expect(code).not.toBe(0)
  })

  it('lets the named places be the clock and the terminal', async () => {
    const { output, code } = await lint(ALLOWED)

    expect(output).not.toContain('src/')
    expect(code).toBe(0)
  })
})
