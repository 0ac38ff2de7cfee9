import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { ErrorShape } from '../../src/server/http/error-shapes.ts'
import { expectSameNames } from './expect-same-names.ts'
import { PROJECT_FOLDER, readCode, readPage, readSection, readTable } from './read-markdown.ts'

const PAGE = readPage('docs/errors.md')
const SOURCE = path.join(PROJECT_FOLDER, 'src')

/** The codes as the interface of the domain lists them; a type leaves nothing to ask at run time. */
function codesOfTheDomain(): readonly string[] {
  const text = readFileSync(path.join(SOURCE, 'shared/domain/errors.ts'), 'utf8')
  const body = /interface BrokerErrorDetails \{(?<body>[^]*?)\n\}/.exec(text)!.groups!['body']!
  return [...body.matchAll(/^ {2}([A-Z_]+): /gm)].map(([, code]) => code!)
}

/** The error table of every dialect there is, by the dialect's name. */
async function errorsOfTheDialects(): Promise<ReadonlyMap<string, ErrorShape['errors']>> {
  const folder = path.join(SOURCE, 'server/dialects')
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  const tables = names.map(async ({ name }) => {
    const file = pathToFileURL(path.join(folder, name, 'errors.ts')).href
    const exported = (await import(file)) as Readonly<Record<string, ErrorShape | (() => ErrorShape)>>
    const [shape] = Object.entries(exported).flatMap(([key, value]) =>
      key.endsWith('ErrorShape') ? [value] : [],
    )
    return [name, (typeof shape === 'function' ? shape() : shape!).errors] as const
  })
  return new Map(await Promise.all(tables))
}

function codeIn(cell: string | undefined): string {
  return readCode(cell ?? '')[0] ?? `(no code in '${cell}')`
}

function sourceFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => readFileSync(path.join(folder, name), 'utf8'))
}

describe('the page of errors', () => {
  it('lists every code of the domain, in its order, and no other', () => {
    const listed = readTable(readSection(PAGE, 'Codes')).map((row) => codeIn(row['code']))
    expect(codesOfTheDomain().length).toBeGreaterThan(10)
    expect(listed).toEqual(codesOfTheDomain())
  })

  it('says of every code what it means, and when', () => {
    const rows = readTable(readSection(PAGE, 'Codes'))
    expect(rows.filter((row) => row['means'] === '' || row['when'] === '')).toEqual([])
  })

  it('gives each dialect its column, with the status and word it answers', async () => {
    const rows = readTable(readSection(PAGE, 'Status and word on the wires'))
    const dialects = await errorsOfTheDialects()
    expectSameNames(Object.keys(rows[0]!), ['code', ...dialects.keys()])
    for (const [dialect, errors] of dialects) {
      const listed = Object.fromEntries(rows.map((row) => [codeIn(row['code']), row[dialect]]))
      const real = Object.entries(errors).map(([code, answer]) => [
        code,
        answer.code === code ? `${answer.status}` : `${answer.status} \`${answer.code}\``,
      ])
      expect({ dialect, ...listed }).toEqual({ dialect, ...Object.fromEntries(real) })
    }
  })

  it('lists the codes that asynq has for its own operations', () => {
    const folder = path.join(SOURCE, 'server/dialects/asynq')
    const used = sourceFiles(folder).flatMap((text) =>
      [...text.matchAll(/failingAs\('([A-Z_]+)'|code: '(PROGRESS_[A-Z_]+)'/g)].map(
        ([, one, other]) => (one ?? other)!,
      ),
    )
    const tables = readSection(PAGE, 'Status and word on the wires').split('asynq also has')
    const listed = readTable(tables[1]!).map((row) => codeIn(row['code']))
    expectSameNames(listed, used)
  })

  it('lists every error that an attempt can end with by our doing, and no other', () => {
    const texts = [path.join(SOURCE, 'server/local'), path.join(SOURCE, 'shared/domain')].flatMap(sourceFiles)
    const named = texts.flatMap((text) => [...text.matchAll(/'([A-Z]\w+Error)'/g)].map(([, name]) => name!))
    // Classes are thrown at callers, and AbortError is the platform's own.
    const classes = texts.flatMap((text) =>
      [...text.matchAll(/this\.name = '(\w+)'/g)].map(([, name]) => name!),
    )
    const listed = readTable(readSection(PAGE, 'Errors of tasks')).map((row) => codeIn(row['type']))
    expectSameNames(
      listed,
      named.filter((name) => name !== 'AbortError' && !classes.includes(name)),
    )
  })
})

describe('the page of operations', () => {
  it('lists every error that keeps the store from opening', () => {
    const named = sourceFiles(path.join(SOURCE, 'server')).flatMap((text) =>
      [...text.matchAll(/this\.name = '((?:\w+Database|FolderInUse|Setup|Move)Error)'/g)].map(
        ([, name]) => name!,
      ),
    )
    const section = readSection(readPage('docs/operations.md'), 'Stopping')
    const listed = readTable(section.slice(section.indexOf('What keeps it from starting'))).map((row) =>
      codeIn(row['name of the error']),
    )
    expectSameNames(listed, named)
  })
})
