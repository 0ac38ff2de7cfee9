import { expect, it } from 'vitest'
import { unpackedPath } from './unpacked-path.ts'

it.each([
  ['/opt/Penstock/resources/app.asar/out/server', '/opt/Penstock/resources/app.asar.unpacked/out/server'],
  [
    String.raw`C:\Program Files\Penstock\resources\app.asar\out\server`,
    String.raw`C:\Program Files\Penstock\resources\app.asar.unpacked\out\server`,
  ],
  [
    '/Applications/Penstock.app/Contents/Resources/app.asar',
    '/Applications/Penstock.app/Contents/Resources/app.asar.unpacked',
  ],
])('finds what is in the archive at %s beside it', (inside, beside) => {
  expect(unpackedPath(inside)).toBe(beside)
})

it.each([
  '/home/ada/penstock/out/server',
  '/opt/Penstock/resources/app.asar.unpacked/out/server',
  '/home/ada/my-app.asar/out/server',
  '/home/ada/app.asars/out/server',
])('leaves %s as it is', (path) => {
  expect(unpackedPath(path)).toBe(path)
})
