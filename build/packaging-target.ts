import { existsSync } from 'node:fs'
import path from 'node:path'

const PLATFORMS = ['linux', 'darwin', 'win32'] as const
const ARCHITECTURES = ['x64', 'arm64'] as const

/** What a package is for, as Node names it. */
export interface PackagingTarget {
  readonly platform: (typeof PLATFORMS)[number]
  readonly arch: (typeof ARCHITECTURES)[number]
}

/** Something the person who packages can put right. */
export class PackagingError extends Error {}

/**
 * The system that this runs on, for which alone its installation has the binaries.
 *
 * @param arch another processor of the same system; null for this one's
 * @throws PackagingError when there are no packages for it
 */
export function chooseTarget(host: { platform: string; arch: string }, arch: string | null): PackagingTarget {
  const platform = PLATFORMS.find((known) => known === host.platform)
  if (platform === undefined)
    throw new PackagingError(`There are packages for ${PLATFORMS.join(', ')}, not for ${host.platform}.`)
  const wanted = arch ?? host.arch
  const known = ARCHITECTURES.find((name) => name === wanted)
  if (known === undefined)
    throw new PackagingError(`There are packages for ${ARCHITECTURES.join(' and ')}, not for '${wanted}'.`)
  return { platform, arch: known }
}

/**
 * Makes sure that the binaries which the app runs are there for the target: npm installs those of the
 * machine that it runs on.
 *
 * @throws PackagingError that names the ones that are not
 */
export function checkBinaries(folder: string, { platform, arch }: PackagingTarget): void {
  const binaries = [
    `node_modules/better-sqlite3/prebuilds/${platform}-${arch}.node`,
    `node_modules/@esbuild/${platform}-${arch}/package.json`,
  ]
  const missing = binaries.filter((file) => !existsSync(path.join(folder, file)))
  if (missing.length > 0)
    throw new PackagingError(
      `For ${platform}-${arch} there is no ${missing.join(' and no ')}: make its package on such a machine.`,
    )
}

/**
 * The address at which the packaged app looks for newer versions.
 *
 * @param value of PENSTOCK_UPDATE_FEED
 * @returns null when none is given: then the app never looks
 * @throws PackagingError for anything but an https address
 */
export function readUpdateFeed(value: string | undefined): string | null {
  if (value === undefined || value === '') return null
  if (!URL.canParse(value) || new URL(value).protocol !== 'https:')
    throw new PackagingError(
      `PENSTOCK_UPDATE_FEED takes the https address of the folder that the packages are put in, not '${value}'.`,
    )
  return value
}
