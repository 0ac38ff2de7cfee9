import { app } from 'electron'
import { homedir } from 'node:os'
import { defaultHome } from '../server/app/folders.ts'

/**
 * Keeps this user's data where the headless program keeps it: on Linux, Electron would choose another
 * place, and the same tasks would not be seen from both. `--user-data-dir` still decides.
 * To be called before anything asks for the folder, the single-instance lock included.
 */
export function chooseHome(): void {
  if (app.commandLine.hasSwitch('user-data-dir')) return
  app.setPath('userData', defaultHome(process.platform, process.env, homedir()))
}
