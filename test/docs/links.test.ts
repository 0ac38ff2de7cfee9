import { existsSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { FENCE, lineOf, listPages, PROJECT_FOLDER, readCode, readPage } from './read-markdown.ts'

/** What is built is not named here: it is not there in a fresh clone. */
const BELOW_A_FOLDER = /^(?:src|test|scripts|docs|examples|\.ci)\/[\w./-]+$/
/** Other bare names, as `wire.ts`, are of a folder that the sentence names. */
const IN_THE_ROOT = /^(?:package(?:-lock)?\.json|[A-Z]+\.md|\.[\w-]+\.(?:json|mjs)|[\w.]+\.config\.ts)$/

interface Reference {
  readonly place: string
  readonly target: string
}

/** Text without its blocks of code, every line where it was. */
const prose = (text: string) => text.replaceAll(FENCE, (block) => block.replaceAll(/[^\n]/g, ' '))

function linksOf(page: string): readonly Reference[] {
  const text = prose(readPage(page))
  const links = text.matchAll(/\]\((?<to>[^)\s]+)\)|(?:src|href)="(?<at>[^"]+)"/g)
  return [...links].flatMap(({ index, groups }) => {
    const target = groups!['to'] ?? groups!['at']!
    return /^[a-z]+:/.test(target) ? [] : [{ place: `${page}:${lineOf(text, index)}`, target }]
  })
}

function namedFilesOf(page: string): readonly Reference[] {
  return prose(readPage(page))
    .split('\n')
    .flatMap((line, index) =>
      readCode(line)
        .filter((code) => BELOW_A_FOLDER.test(code) || IN_THE_ROOT.test(code))
        .map((target) => ({ place: `${page}:${index + 1}`, target })),
    )
}

/** As GitHub makes them: lower case, punctuation gone, hyphens for spaces. */
function anchorsOf(page: string): readonly string[] {
  return [...prose(readPage(page)).matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

function isThere(page: string, target: string): boolean {
  const [file, anchor] = target.split('#') as [string, string?]
  const absolute = path.resolve(PROJECT_FOLDER, path.dirname(page), file === '' ? path.basename(page) : file)
  if (!existsSync(absolute)) return false
  const own = path.relative(PROJECT_FOLDER, absolute).replaceAll('\\', '/')
  return anchor === undefined || anchorsOf(own).includes(anchor)
}

describe('the documentation', () => {
  const pages = listPages()

  it('is where it should be', () => {
    expect(pages).toEqual(
      expect.arrayContaining(['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'docs/architecture.md']),
    )
  })

  it.each(pages)('has no link in %s that leads nowhere, pictures included', (page) => {
    expect(linksOf(page).filter(({ target }) => !isThere(page, target))).toEqual([])
  })

  it.each(pages)('names no file in %s that is not there', (page) => {
    const missing = namedFilesOf(page).filter(({ target }) => !existsSync(path.join(PROJECT_FOLDER, target)))
    expect(missing).toEqual([])
  })

  it('is looked through for links and names at all', () => {
    expect(linksOf('README.md').length).toBeGreaterThan(5)
    expect(namedFilesOf('docs/architecture.md').length).toBeGreaterThan(20)
  })
})
