import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }
import { expectSameNames } from './expect-same-names.ts'
import { PROJECT_FOLDER, readCode, readPage, readSection, readTable } from './read-markdown.ts'

const PAGE = readPage('docs/decisions/0005-libraries.md')
const NEEDED = 'Choice: at run time, in `node_modules`'
const BUNDLED = 'Choice: bundled into the window'
const AT_RUN_TIME = Object.keys(packageJson.dependencies)

function listedUnder(heading: string): readonly string[] {
  return readTable(readSection(PAGE, heading)).flatMap((row) => readCode(row['package']!))
}

/** Packages that the window's own files import, styles included. */
function packagesOfTheWindow(): readonly string[] {
  const folder = path.join(PROJECT_FOLDER, 'src', 'renderer')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.(?:tsx?|css)$/.test(name) && !/\.test\.tsx?$/.test(name),
  )
  const names = files.flatMap((name) =>
    [
      ...readFileSync(path.join(folder, name), 'utf8').matchAll(/(?:from|import|@import) '([^.'][^']*)'/g),
    ].map(([, address]) => /^(?:@[^/]+\/)?[^/]+/.exec(address!)![0]),
  )
  return [...new Set(names)]
}

describe('the decision about libraries', () => {
  it('has a line for every package needed at run time, and for no other', () => {
    expectSameNames(listedUnder(NEEDED), AT_RUN_TIME)
  })

  it('has a line for every package bundled into the window, and for no other', () => {
    const bundled = packagesOfTheWindow().filter((name) => !AT_RUN_TIME.includes(name))
    expectSameNames(listedUnder(BUNDLED), bundled)
  })

  it('says of each why it is there', () => {
    const rows = [NEEDED, BUNDLED].flatMap((heading) => readTable(readSection(PAGE, heading)))
    expect(rows.filter((row) => row['what for'] === '' || row['rejected'] === '')).toEqual([])
  })
})
