import { expect, it } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }
import { readCode, readPage, readSection, readTable } from '../docs/read-markdown.ts'
import { runProgram } from '../support/run-program.ts'

const BUNDLED = readTable(
  readSection(readPage('docs/decisions/0005-libraries.md'), 'Choice: bundled into the window'),
).flatMap((row) => readCode(row['package']!))

it('the licences of everything that is run or bundled are printed, with their texts', async () => {
  const { code, stdout } = await runProgram(['licences'])
  expect(code).toBe(0)
  const named = new Set([...stdout.matchAll(/^(\S+) \d+\.\d+\.\d+\S* \(/gm)].map(([, name]) => name!))
  expect([...Object.keys(packageJson.dependencies), ...BUNDLED].filter((name) => !named.has(name))).toEqual(
    [],
  )
  // What they themselves need is there too, and nothing that only builds or tests.
  expect([...named]).toEqual(expect.arrayContaining(['sonic-boom', 'scheduler']))
  for (const tool of ['vitest', 'vite', 'electron-builder', 'typescript']) expect(named).not.toContain(tool)
  expect(stdout).toMatch(/Permission is hereby granted, free of charge/)
})
