import path from 'node:path'

/** Where a package has the address of its feed, beside the archive. */
const FEED_FILE = 'app-update.yml'

export interface UpdateSurroundings {
  readonly isPackaged: boolean
  /** Folder of the package's resources. */
  readonly resourcesPath: string
  readonly platform: string
  readonly env: NodeJS.ProcessEnv
  exists(file: string): boolean
}

/** Why this app never looks for newer versions, for people; null when it does. */
export function findReasonForNoUpdates(surroundings: UpdateSurroundings): string | null {
  const { isPackaged, resourcesPath, platform, env, exists } = surroundings
  if (!isPackaged) return 'This Penstock runs from its sources; newer ones come with git pull.'
  if (!exists(path.join(resourcesPath, FEED_FILE)))
    return 'This package was made without a place to look for newer versions.'
  const isAppImage = (env['APPIMAGE'] ?? '') !== ''
  if (platform === 'linux' && !isAppImage && !exists(path.join(resourcesPath, 'package-type')))
    return 'An unpacked folder is not replaced; use the AppImage or the deb package for that.'
  return null
}
