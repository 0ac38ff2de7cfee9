import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { expect, it } from 'vitest'
import { checkBinaries, chooseTarget, readUpdateFeed } from '../../build/packaging-target.ts'

it('packs for the system and the processor that it runs on, or another processor when asked', () => {
  expect(chooseTarget({ platform: 'darwin', arch: 'arm64' }, null)).toEqual({
    platform: 'darwin',
    arch: 'arm64',
  })
  expect(chooseTarget({ platform: 'darwin', arch: 'arm64' }, 'x64')).toEqual({
    platform: 'darwin',
    arch: 'x64',
  })
})

it('says for what there are packages', () => {
  expect(() => chooseTarget({ platform: 'freebsd', arch: 'x64' }, null)).toThrow(
    /linux, darwin, win32, not for freebsd/,
  )
  expect(() => chooseTarget({ platform: 'linux', arch: 'x64' }, 'ia32')).toThrow(
    /x64 and arm64, not for 'ia32'/,
  )
})

it('refuses to pack for a processor whose binaries npm did not install here', () => {
  const project = path.join(import.meta.dirname, '../..')
  const { arch } = process
  const here = chooseTarget(process, null)
  expect(() => checkBinaries(project, here)).not.toThrow()
  expect(() => checkBinaries(project, { ...here, arch: arch === 'x64' ? 'arm64' : 'x64' })).toThrow(
    /there is no node_modules\/@esbuild\/.*make its package on such a machine/,
  )
})

it('takes no feed for none, an https address for one, and nothing else', () => {
  expect(readUpdateFeed(undefined)).toBeNull()
  expect(readUpdateFeed('')).toBeNull()
  expect(readUpdateFeed('https://downloads.example/penstock')).toBe('https://downloads.example/penstock')
  for (const value of ['http://downloads.example', 'downloads.example', 'file:///tmp'])
    expect(() => readUpdateFeed(value)).toThrow(`not '${value}'`)
})

it('says what it takes, when it is asked for something else', () => {
  const program = path.join(import.meta.dirname, '../../build/package.ts')
  const { status, stderr } = spawnSync(process.execPath, [program, '--universal'], { encoding: 'utf8' })
  expect(stderr).toMatch(
    /^penstock: Unknown option '--universal'.*There are --dir .*--output <folder>, --arch/,
  )
  expect(status).toBe(1)
})
