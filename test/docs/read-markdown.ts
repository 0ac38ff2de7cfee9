import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

export const PROJECT_FOLDER = path.resolve(import.meta.dirname, '../..')

/** A fenced block of code. Groups: `language`, `code`. */
export const FENCE = /^```(?<language>\w*)[^\n]*\n(?<code>[^]*?)^```$/gm

/** Every page of the documentation, relative to the project, with forward slashes. */
export function listPages(): readonly string[] {
  const inRoot = readdirSync(PROJECT_FOLDER).filter((name) => name.endsWith('.md'))
  const below = ['docs', 'examples'].flatMap((folder) =>
    readdirSync(path.join(PROJECT_FOLDER, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md') && !name.includes('node_modules'))
      .map((name) => path.join(folder, name).replaceAll('\\', '/')),
  )
  return [...inRoot, ...below].toSorted()
}

export function readPage(page: string): string {
  return readFileSync(path.join(PROJECT_FOLDER, page), 'utf8').replaceAll('\r\n', '\n')
}

/** 1 for the first line. */
export function lineOf(text: string, index: number): number {
  return text.slice(0, index).split('\n').length
}

/** The text below a heading, up to the next one of the same rank or a higher one. */
export function readSection(text: string, heading: string): string {
  const lines = text.split('\n')
  const start = lines.findIndex((line) => line.replace(/^#+ /, '') === heading && line.startsWith('#'))
  if (start === -1) throw new Error(`There is no heading '${heading}'.`)
  const rank = /^#+/.exec(lines[start]!)![0].length
  const length = lines.slice(start + 1).findIndex((line) => {
    const hashes = /^(#+) /.exec(line)?.[1]
    return hashes !== undefined && hashes.length <= rank
  })
  return lines.slice(start + 1, length === -1 ? undefined : start + 1 + length).join('\n')
}

/** The rows of the first table in a text, as cells by the words of their column's head. */
export function readTable(text: string): readonly Readonly<Record<string, string>>[] {
  const lines = text.split('\n')
  const start = lines.findIndex((line) => line.startsWith('|'))
  if (start === -1) throw new Error('There is no table.')
  const end = lines.findIndex((line, index) => index > start && !line.startsWith('|'))
  const [head, , ...rows] = lines.slice(start, end === -1 ? undefined : end).map(cellsOf)
  return rows.map((cells) => Object.fromEntries(head!.map((name, index) => [name, cells[index] ?? ''])))
}

function cellsOf(line: string): readonly string[] {
  return line
    .slice(1, line.lastIndexOf('|'))
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll(String.raw`\|`, '|'))
}

/** What stands in backticks in a text, in order. */
export function readCode(text: string): readonly string[] {
  return [...text.matchAll(/`([^`\n]+)`/g)].map(([, code]) => code!)
}
