import { systemClock } from '../clock.ts'
import { measureDatabase } from '../local/store/measure-database.ts'
import { databaseIn } from '../local/store/database-files.ts'
import { collectDiagnostics } from './collect-diagnostics.ts'

/** What can be told of a data folder from its files, whether a broker runs on it or not. */
export function diagnoseFolder(dataFolder: string, tasksFolder: string): Promise<string> {
  return collectDiagnostics({
    now: systemClock.now(),
    dataFolder,
    tasksFolder,
    measure: () => measureDatabase(databaseIn(dataFolder)),
    running: null,
  })
}
