import path from 'node:path'
import type { AfterPackContext, Configuration } from 'electron-builder'
import { setFuses } from './fuses.ts'

export interface PackagingTarget {
  readonly platform: 'linux' | 'darwin' | 'win32'
  readonly arch: 'x64' | 'arm64'
}

export interface PackagingOptions {
  readonly target: PackagingTarget
  /** Where the packages are put, absolute. */
  readonly outputFolder: string
  /** Unpacked Electron to use instead of a download; null to download. */
  readonly electronDist: string | null
  /** Where the packaged app looks for newer versions; null for nowhere. */
  readonly updateFeed: string | null
}

/** How electron-builder makes the packages. */
export function packagingConfiguration(options: PackagingOptions): Configuration {
  const { target, outputFolder, electronDist, updateFeed } = options
  const { platform, arch } = target
  return {
    appId: 'com.penstock.desktop',
    productName: 'Penstock',
    directories: { output: outputFolder, buildResources: 'build' },
    ...(electronDist === null ? {} : { electronDist }),
    // Natives come as prebuilds inside their packages.
    npmRebuild: false,
    electronLanguages: ['en', 'en-US'],
    files: [
      'out/**',
      '!out/.fingerprint',
      '!out/server/cli.js',
      '!**/*.map',
      `!node_modules/better-sqlite3/{deps,src,binding.gyp,prebuilds/!(${platform}-${arch}).node}`,
      '!node_modules/node-addon-api',
    ],
    asar: true,
    asarUnpack: [
      'out/server/**',
      'out/chunks/**',
      'node_modules/{better-sqlite3,piscina,@napi-rs,esbuild,@esbuild}/**',
    ],
    publish: updateFeed === null ? null : { provider: 'generic', url: updateFeed },
    afterPack: (context) => setFuses(executableOf(context)),
    linux: { target: ['AppImage', 'deb'], category: 'Development' },
    mac: { target: ['dmg', 'zip'], category: 'public.app-category.developer-tools' },
    win: { target: ['nsis'] },
  }
}

function executableOf({ appOutDir, electronPlatformName, packager }: AfterPackContext): string {
  const name = packager.appInfo.productFilename
  switch (electronPlatformName) {
    case 'darwin':
      return path.join(appOutDir, `${name}.app`)
    case 'win32':
      return path.join(appOutDir, `${name}.exe`)
    default:
      return path.join(appOutDir, packager.platformSpecificBuildOptions.executableName ?? name.toLowerCase())
  }
}
