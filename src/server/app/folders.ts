import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathInside } from '../local/path-inside.ts'
import { findMoved } from '../local/store/move/move-marks.ts'

export interface Folders {
  readonly dataFolder: string
  readonly tasksFolder: string
}

/**
 * Where things are kept when nobody says otherwise: the place each system has for an application's
 * data. With a data folder given, the tasks folder is inside it unless it is given as well. A data folder that
 * was moved is the one it was moved to.
 * @throws MoveError when that one is out of reach.
 */
export function chooseFolders(given: {
  readonly data?: string | undefined
  readonly tasks?: string | undefined
}): Folders {
  const home = defaultHome(process.platform, process.env, homedir())
  return followFolders({
    dataFolder: given.data ?? join(home, 'data'),
    tasksFolder: given.tasks ?? join(given.data ?? home, 'tasks'),
  })
}

/**
 * The same folders where a move of the data folder has put them; a tasks folder inside it moved along.
 * @throws MoveError
 */
export function followFolders({ dataFolder, tasksFolder }: Folders): Folders {
  const moved = findMoved(dataFolder)
  if (moved === dataFolder) return { dataFolder, tasksFolder }
  const inside = pathInside(resolve(dataFolder), resolve(tasksFolder))
  return { dataFolder: moved, tasksFolder: inside === null ? tasksFolder : join(moved, inside) }
}

export function defaultHome(platform: NodeJS.Platform, env: NodeJS.ProcessEnv, home: string): string {
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Penstock')
  if (platform === 'win32') return join(env['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'Penstock')
  return join(env['XDG_DATA_HOME'] ?? join(home, '.local', 'share'), 'penstock')
}
