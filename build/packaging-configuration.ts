import { rmSync } from 'node:fs'
import path from 'node:path'
import type { AfterPackContext, Configuration } from 'electron-builder'
import { APP_ID } from '../src/main/app-id.ts'
import { setFuses } from './fuses.ts'
import type { PackagingTarget } from './packaging-target.ts'

const PRODUCT = 'Penstock'
const LINUX_EXECUTABLE = 'penstock'
const MAINTAINER = 'The Penstock team <maintainers@penstock.example>'

export interface PackagingOptions {
  readonly target: PackagingTarget
  /** Where the packages are put, absolute. */
  readonly outputFolder: string
  /** Unpacked Electron to use, absolute; null downloads it. */
  readonly electronDist: string | null
  /** Where the packaged app looks for newer versions; null for nowhere. */
  readonly updateFeed: string | null
  /** Whether there is a certificate to sign the app for macOS. */
  readonly hasMacCertificate: boolean
  /** Built modules to ship, relative to `out`. */
  readonly modules: readonly string[]
  /** Of them, those that lie beside the archive. */
  readonly modulesOutside: readonly string[]
  readonly packagesOutside: readonly string[]
  /** Installed for what is not shipped. */
  readonly packagesLeftOut: readonly string[]
}

/** How electron-builder makes the packages. */
export function packagingConfiguration(options: PackagingOptions): Configuration {
  const { target, electronDist, updateFeed } = options
  const { platform, arch } = target
  return {
    // The deb names them. Of nobody: whoever hands out packages puts their own here.
    extraMetadata: { author: MAINTAINER, homepage: 'https://penstock.example' },
    appId: APP_ID,
    productName: PRODUCT,
    directories: { output: options.outputFolder, buildResources: 'build' },
    artifactName: '${name}-${version}-${os}-${arch}.${ext}',
    ...(electronDist === null ? {} : { electronDist }),
    // Natives come as prebuilds inside their packages.
    npmRebuild: false,
    // The window speaks English only.
    electronLanguages: ['en', 'en-US'],
    files: [
      'out/renderer/**',
      'out/preload/**',
      ...options.modules.map((file) => `out/${file}`),
      '!**/*.map',
      '!**/*.{ts,mts,cts,tsx}',
      '!node_modules/**/{test,tests,__tests__,benchmark,benchmarks,example,examples}/**',
      '!node_modules/{fastify,piscina}/docs/**',
      `!node_modules/better-sqlite3/{deps,src,binding.gyp,prebuilds/!(${platform}-${arch}).node}`,
      '!node_modules/redoc/bundles/!(redoc.standalone.js*)',
      ...options.packagesLeftOut.map((name) => `!node_modules/${name}/**`),
    ],
    asar: true,
    asarUnpack: [
      ...options.modulesOutside.map((file) => `out/${file}`),
      ...options.packagesOutside.map((name) => `node_modules/${name}/**`),
    ],
    protocols: [{ name: 'Penstock task', schemes: ['penstock'] }],
    publish: updateFeed === null ? null : { provider: 'generic', url: updateFeed },
    afterExtract: removeDefaultApp,
    // Before it is signed.
    afterPack: (context) => setFuses(executableOf(context)),
    linux: {
      target: ['AppImage', 'deb'],
      executableName: LINUX_EXECUTABLE,
      icon: 'build/icons',
      category: 'Development',
      synopsis: 'A durable local task broker with a window',
      maintainer: MAINTAINER,
    },
    mac: {
      target: ['dmg', 'zip'],
      icon: 'build/icons/icon.icns',
      category: 'public.app-category.developer-tools',
      // Without a certificate the seal that setFuses renewed is all there is.
      ...(options.hasMacCertificate ? { hardenedRuntime: true } : { identity: null }),
    },
    win: { target: ['nsis'], icon: 'build/icons/icon.ico' },
    nsis: { oneClick: true, perMachine: false, deleteAppDataOnUninstall: false },
  }
}

type Unpacked = Pick<AfterPackContext, 'appOutDir' | 'electronPlatformName'>

/** What Electron shows when it has no app. electron-builder leaves it in binaries that it did not download. */
function removeDefaultApp({ appOutDir, electronPlatformName }: Unpacked): void {
  const resources = electronPlatformName === 'darwin' ? 'Electron.app/Contents/Resources' : 'resources'
  rmSync(path.join(appOutDir, resources, 'default_app.asar'), { force: true })
}

function executableOf({ appOutDir, electronPlatformName }: Unpacked): string {
  const names: Readonly<Record<string, string>> = { darwin: `${PRODUCT}.app`, win32: `${PRODUCT}.exe` }
  return path.join(appOutDir, names[electronPlatformName] ?? LINUX_EXECUTABLE)
}
