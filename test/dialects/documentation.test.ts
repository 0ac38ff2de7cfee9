import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { asynq } from '../../src/server/dialects/asynq/serve.ts'
import { dtqs } from '../../src/server/dialects/dtqs/serve.ts'
import { taskmanager } from '../../src/server/dialects/taskmanager/serve.ts'
import { taskqueue } from '../../src/server/dialects/taskqueue/serve.ts'
import { turbine } from '../../src/server/dialects/turbine/serve.ts'

const ROW = /^\| (\w+) +\| `([A-Z]+ [^`]+)`.*\| done +\| `([\w-]+)` +\|$/gm

describe('docs/dialects.md', () => {
  const text = readFileSync(new URL('../../docs/dialects.md', import.meta.url), 'utf8')
  const rows = [...text.matchAll(ROW)].map(([, dialect, operation, suite]) => ({
    dialect,
    operation,
    suite: suite!,
  }))

  it.each([turbine, asynq, dtqs, taskmanager, taskqueue])(
    'lists every operation of $name, and no other',
    ({ name, operations }) => {
      const listed = rows.filter(({ dialect }) => dialect === name).map(({ operation }) => operation)

      expect(listed).toHaveLength(operations.length)
      expect(listed).toEqual(expect.arrayContaining([...operations]))
    },
  )

  it('names tests that are there, also for what is no operation of its own', () => {
    const proofs = [...text.matchAll(/`(test\/[\w/.-]+\.(?:test|spec)\.ts)`/g)].map(([, file]) => file!)

    expect(proofs.length).toBeGreaterThan(10)
    expect(proofs.filter((file) => !existsSync(new URL(`../../${file}`, import.meta.url)))).toEqual([])
  })

  it('names the test of each operation', () => {
    const missing = rows.filter(({ suite }) => !existsSync(new URL(`${suite}.test.ts`, import.meta.url)))

    expect(missing).toEqual([])
  })
})
