import { homedir } from 'node:os'
import { join } from 'node:path'

export interface Folders {
  readonly dataFolder: string
  readonly tasksFolder: string
}

/**
 * Where things are kept when nobody says otherwise: the place each system has for an application's
 * data. With a data folder given, the tasks folder is inside it unless it is given as well.
 */
export function chooseFolders(given: {
  readonly data?: string | undefined
  readonly tasks?: string | undefined
}): Folders {
  const home = defaultHome(process.platform, process.env, homedir())
  return {
    dataFolder: given.data ?? join(home, 'data'),
    tasksFolder: given.tasks ?? join(given.data ?? home, 'tasks'),
  }
}

export function defaultHome(platform: NodeJS.Platform, env: NodeJS.ProcessEnv, home: string): string {
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Penstock')
  if (platform === 'win32') return join(env['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'Penstock')
  return join(env['XDG_DATA_HOME'] ?? join(home, '.local', 'share'), 'penstock')
}
