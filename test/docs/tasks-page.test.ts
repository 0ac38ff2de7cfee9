import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'vitest'
import { expectSameNames } from './expect-same-names.ts'
import { PROJECT_FOLDER, readCode, readPage, readSection, readTable } from './read-markdown.ts'

const PAGE = readPage('docs/tasks.md')
const API = readFileSync(path.join(PROJECT_FOLDER, 'src/tasks/api.ts'), 'utf8')

/** Names of an interface's members; a type leaves nothing to ask at run time. */
function membersOf(name: string): readonly string[] {
  const body = new RegExp(`interface ${name}\\b[^{]*\\{(?<body>[^]*?)\\n\\}`).exec(API)!.groups!['body']!
  return [...body.matchAll(/^ {2}(?:readonly )?(\w+)[?(:]/gm)].map(([, member]) => member!)
}

/** `log.debug|info` and `progress(fraction, …)` are members `log` and `progress`. */
const listedIn = (heading: string, column: string) =>
  readTable(readSection(PAGE, heading)).flatMap((row) =>
    readCode(row[column]!).map((code) => /^\w+/.exec(code)![0]),
  )

describe('the page about tasks', () => {
  it.each([
    ['TaskContext', 'The context', 'member'],
    ['TaskDefinition', 'Settings: defineTask', 'setting'],
  ])('lists every member of %s, and no other', (name, heading, column) => {
    expectSameNames(listedIn(heading, column), membersOf(name))
  })
})
