import path from 'node:path'
import { parseArgs } from 'node:util'
import { Arch, build, Platform } from 'electron-builder'
import { packagingConfiguration } from './packaging-configuration.ts'

const { values } = parseArgs({
  options: { dir: { type: 'boolean' }, output: { type: 'string' }, 'electron-dist': { type: 'string' } },
})
const platform = process.platform as 'linux'
const arch = process.arch as 'x64'
await build({
  projectDir: path.join(import.meta.dirname, '..'),
  publish: 'never',
  targets: Platform.current().createTarget(values.dir ? 'dir' : null, Arch[arch]),
  config: packagingConfiguration({
    target: { platform, arch },
    outputFolder: path.resolve(values.output ?? 'dist'),
    electronDist: values['electron-dist'] ?? null,
    updateFeed: null,
  }),
})
