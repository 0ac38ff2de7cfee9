import { implement } from '@orpc/server'
import { createToCrossing, type ProblemLog } from '../../server/rpc/implement-contract.ts'
import { desktopContract } from '../../shared/contract/desktop-contract.ts'
import type { BackupCopies } from '../backups/create-backup-copies.ts'
import type { DataFolderMoves } from '../data-folder/data-folder-moves.ts'
import type { DesktopSettingsStore } from '../preferences/desktop-settings.ts'
import type { Updates } from '../updates/updates.ts'
import type { WindowMessages } from './window-messages.ts'

export interface DesktopRouterOptions {
  readonly messages: WindowMessages
  readonly settings: DesktopSettingsStore
  readonly dataFolder: DataFolderMoves
  readonly updates: Updates
  readonly backupCopies: BackupCopies
  /** Told of bugs; refusals go to the window alone. */
  readonly logger: ProblemLog
  restart(): void
  answerClose(choice: 'keep-running' | 'quit' | 'stay'): void
}

/** What the window may ask of the desktop app; each call's input has been checked by the contract. */
export function createDesktopRouter(options: DesktopRouterOptions) {
  const { messages, settings, dataFolder, updates, backupCopies, restart, answerClose } = options
  const toCrossing = createToCrossing(options.logger)
  const os = implement(desktopContract).use(async ({ next, path }) => {
    try {
      return await next()
    } catch (error) {
      throw toCrossing(error, path)
    }
  })
  return os.router({
    messages: os.messages.handler(({ signal }) => messages.read(signal)),
    settings: {
      get: os.settings.get.handler(() => settings.get()),
      update: os.settings.update.handler(({ input }) => settings.update(input)),
      unmute: os.settings.unmute.handler(({ input }) => settings.unmute(input.subject)),
    },
    dataFolder: {
      get: os.dataFolder.get.handler(() => dataFolder.get()),
      askMove: os.dataFolder.askMove.handler(() => dataFolder.ask()),
      withdrawMove: os.dataFolder.withdrawMove.handler(() => dataFolder.withdraw()),
    },
    restart: os.restart.handler(() => restart()),
    updates: {
      get: os.updates.get.handler(() => updates.state()),
      check: os.updates.check.handler(() => updates.check()),
      restart: os.updates.restart.handler(() => updates.restart()),
    },
    saveBackupCopy: os.saveBackupCopy.handler(({ input }) => backupCopies.save(input.name)),
    answerClose: os.answerClose.handler(({ input }) => answerClose(input.choice)),
  })
}
