import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { pathInside } from './path-inside.ts'

const FOLDER = resolve('/data')

it.each([
  ['itself', FOLDER, ''],
  ['what it holds', join(FOLDER, 'tasks', 'mail.ts'), join('tasks', 'mail.ts')],
  ['a name that begins with two dots', join(FOLDER, '..hidden', 'x'), join('..hidden', 'x')],
  ['what holds it', resolve('/'), null],
  ['its neighbour', resolve('/data-2', 'x'), null],
])('a folder and %s', (_what, place, expected) => {
  expect(pathInside(FOLDER, place)).toBe(expected)
})
