import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import packageJson from '../../package.json' with { type: 'json' }

const PROJECT = path.join(import.meta.dirname, '../..')
const FOLDER = path.join(PROJECT, '.github', 'workflows')

interface Workflow {
  readonly permissions: Readonly<Record<string, string>>
  readonly jobs: Readonly<Record<string, Job>>
}

interface Job {
  readonly needs?: string | readonly string[]
  readonly 'runs-on': string
  readonly 'timeout-minutes': number
  readonly strategy?: { readonly matrix: { readonly include: readonly Readonly<Record<string, string>>[] } }
  readonly steps: readonly { readonly uses?: string; readonly run?: string }[]
}

describe.each(readdirSync(FOLDER))('the workflow %s', (name) => {
  const text = readFileSync(path.join(FOLDER, name), 'utf8')
  const workflow = parse(text) as Workflow
  const jobs = Object.entries(workflow.jobs)
  const commands = jobs.flatMap(([, { steps }]) => steps.flatMap(({ run = '' }) => run.split('\n')))

  it('runs actions of others at one commit each, and says which version that is', () => {
    const used = text.split('\n').filter((line) => line.includes('uses:'))
    expect(used.length).toBeGreaterThan(0)
    for (const line of used) expect(line).toMatch(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)
  })

  it('may read the repository and nothing else, and knows no secret', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' })
    expect(text).not.toMatch(/secrets\b|GITHUB_TOKEN|github\.token/)
  })

  it('waits only for jobs that there are, and for none without end', () => {
    for (const [, { needs = [], 'timeout-minutes': limit }] of jobs) {
      for (const needed of [needs].flat()) expect(Object.keys(workflow.jobs)).toContain(needed)
      expect(limit).toBeGreaterThan(0)
    }
  })

  it('runs scripts that there are', () => {
    const scripts = commands.flatMap((line) =>
      [...line.matchAll(/npm run ([\w:-]+)/g)].map(([, script]) => script),
    )
    const files = commands.flatMap((line) =>
      [...line.matchAll(/\bnode ([^\s-]\S+)/g)].map(([, file]) => file),
    )
    expect([scripts.length > 0, files.length > 0]).toEqual([true, true])
    for (const script of scripts) expect(Object.keys(packageJson.scripts)).toContain(script)
    for (const file of files) expect(existsSync(path.join(PROJECT, file!)), file).toBe(true)
  })

  it('knows every word that it takes from its matrix', () => {
    for (const [job, { strategy }] of jobs) {
      const body = JSON.stringify(workflow.jobs[job])
      const asked = [...body.matchAll(/matrix\.(\w+)/g)].map(([, word]) => word)
      for (const entry of strategy?.matrix.include ?? [])
        expect(Object.keys(entry)).toEqual(expect.arrayContaining(asked))
      if (strategy === undefined) expect(asked).toEqual([])
    }
  })
})

describe('the public CI', () => {
  const { jobs } = parse(readFileSync(path.join(FOLDER, 'ci.yml'), 'utf8')) as Workflow
  const systemsOf = (job: string) =>
    jobs[job]!.strategy!.matrix.include.map(({ os }) => os!.replace(/-.*/, '')).toSorted()

  it('runs the desktop specs on real Electron, and makes the packages, on all three systems', () => {
    expect(systemsOf('desktop')).toEqual(['macos', 'ubuntu', 'windows'])
    expect(systemsOf('package')).toEqual(['macos', 'macos', 'ubuntu', 'windows'])
    expect(JSON.stringify(jobs['desktop'])).toContain('"E2E_SHELL":"electron"')
  })
})
