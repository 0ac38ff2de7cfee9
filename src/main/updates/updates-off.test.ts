import path from 'node:path'
import { expect, it } from 'vitest'
import { findReasonForNoUpdates } from './updates-off.ts'

const RESOURCES = path.join('/opt', 'Penstock', 'resources')

function reasonWith(files: readonly string[], env: NodeJS.ProcessEnv = {}, platform = 'linux') {
  return findReasonForNoUpdates({
    isPackaged: true,
    resourcesPath: RESOURCES,
    platform,
    env,
    exists: (file) => files.some((name) => path.join(RESOURCES, name) === file),
  })
}

it('looks nowhere when it runs from its sources, whatever lies around', () => {
  const surroundings = { resourcesPath: RESOURCES, platform: 'linux', env: {}, exists: () => true }
  expect(findReasonForNoUpdates({ isPackaged: false, ...surroundings })).toMatch(/from its sources/)
})

it('looks nowhere when its package names no feed', () => {
  for (const platform of ['linux', 'darwin', 'win32'])
    expect(reasonWith([], { APPIMAGE: '/home/ada/Penstock.AppImage' }, platform)).toMatch(
      /without a place to look/,
    )
})

it('looks when its package names a feed and can be replaced', () => {
  expect(reasonWith(['app-update.yml'], {}, 'win32')).toBeNull()
  expect(reasonWith(['app-update.yml'], {}, 'darwin')).toBeNull()
  expect(reasonWith(['app-update.yml'], { APPIMAGE: '/home/ada/Penstock.AppImage' })).toBeNull()
  expect(reasonWith(['app-update.yml', 'package-type'])).toBeNull()
  expect(reasonWith(['app-update.yml'])).toMatch(/unpacked folder/)
})
