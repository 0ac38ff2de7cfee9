import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { expectSameNames } from './expect-same-names.ts'
import { PROJECT_FOLDER, readCode, readPage, readSection, readTable } from './read-markdown.ts'

const PAGE = readPage('docs/architecture.md')
const SCHEMA = readFileSync(path.join(PROJECT_FOLDER, 'src/server/local/store/schema.sql'), 'utf8')

const foldersIn = (folder: string) =>
  readdirSync(path.join(PROJECT_FOLDER, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `${folder}/${name}`)

const inSchema = (kind: 'TABLE' | 'INDEX') =>
  [...SCHEMA.matchAll(new RegExp(`^CREATE ${kind} (\\w+)`, 'gm'))].map(([, name]) => name!)

const listedAs = (column: string) => {
  const start = PAGE.indexOf(`| ${column} `)
  return readTable(PAGE.slice(start)).flatMap((row) => readCode(row[column]!))
}

describe('the page of the architecture', () => {
  it('gives a duty to every folder of src, of the server and of the local broker', () => {
    const listed = readTable(readSection(PAGE, 'The layout')).flatMap((row) => readCode(row['folder']!))
    const real = [...foldersIn('src'), ...foldersIn('src/server'), ...foldersIn('src/server/local')]
    const isListed = (folder: string) =>
      listed.some((place) => place === folder || place.startsWith(`${folder}/`))
    expect(real.length).toBeGreaterThan(10)
    expect(real.filter((folder) => !isListed(folder))).toEqual([])
  })

  it.each([
    ['table', 'TABLE'],
    ['index', 'INDEX'],
  ] as const)('lists every %s of the store, and no other', (column, kind) => {
    expectSameNames(listedAs(column), inSchema(kind))
  })
})
