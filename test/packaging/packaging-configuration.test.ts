import { describe, expect, it } from 'vitest'
import { packagingConfiguration, type PackagingOptions } from '../../build/packaging-configuration.ts'

const OPTIONS: PackagingOptions = {
  target: { platform: 'darwin', arch: 'arm64' },
  outputFolder: '/dist',
  electronDist: null,
  updateFeed: null,
  hasMacCertificate: false,
  modules: ['main/index.js', 'server/store-thread.js'],
  modulesOutside: ['server/store-thread.js'],
  packagesOutside: ['better-sqlite3'],
  packagesLeftOut: ['prismjs'],
}

describe('the configuration of electron-builder', () => {
  it('names a place to look for newer versions only when there is one, and never one of its own', () => {
    expect(packagingConfiguration(OPTIONS).publish).toBeNull()
    const updateFeed = 'https://downloads.example/penstock'
    expect(packagingConfiguration({ ...OPTIONS, updateFeed }).publish).toEqual({
      provider: 'generic',
      url: updateFeed,
    })
  })

  it('signs for macOS with a certificate and a hardened runtime, or not at all', () => {
    expect(packagingConfiguration(OPTIONS).mac).toMatchObject({ identity: null })
    const { mac } = packagingConfiguration({ ...OPTIONS, hasMacCertificate: true })
    expect(mac).toMatchObject({ hardenedRuntime: true })
    expect(mac).not.toHaveProperty('identity')
  })

  it('makes the promised packages of each system', () => {
    const { linux, mac, win } = packagingConfiguration(OPTIONS)
    expect([linux?.target, mac?.target, win?.target]).toEqual([['AppImage', 'deb'], ['dmg', 'zip'], ['nsis']])
  })

  it('takes the binaries of the target alone', () => {
    const { files } = packagingConfiguration(OPTIONS)
    expect(files).toContain(
      '!node_modules/better-sqlite3/{deps,src,binding.gyp,prebuilds/!(darwin-arm64).node}',
    )
  })
})
