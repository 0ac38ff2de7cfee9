import type { BackupStatus } from '../../shared/contract/backup-calls.ts'
import type { BackupPort } from '../../shared/domain/backup.ts'
import { BrokerError } from '../../shared/domain/errors.ts'
import type { CallContext, ImplementedContract } from './implement-contract.ts'

/** What looks after the program itself rather than its tasks. Only the Penstock that runs here has it. */
export interface Support {
  readonly backups: BackupPort
  /** Text for strangers; see the call. */
  readonly diagnostics: () => Promise<string>
  /** Stops in order and starts again; null where nothing could start it. */
  readonly restart: (() => void) | null
}

const ELSEWHERE = 'This is a broker elsewhere; its files are looked after on its own machine.'
const NOT_FROM_HERE = 'Only a window on the machine that the broker runs on may do this.'
const NO_RESTART = 'Penstock was started from a terminal: stop it there, and start it again.'
const NO_FOLDERS = 'Folders can be opened from the desktop app only.'

/** @throws NOT_SUPPORTED for a broker elsewhere. */
export function supportFor(support: Support | undefined, operation: string): Support {
  if (support !== undefined) return support
  throw new BrokerError('NOT_SUPPORTED', ELSEWHERE, { operation })
}

/** Calls that look after the program. What touches this machine's files is refused to everybody elsewhere. */
export function routeSupport(
  { backups }: ImplementedContract,
  support: Support | undefined,
  openFolder: ((path: string) => Promise<void>) | null,
) {
  const refuse = (operation: string, message: string): never => {
    throw new BrokerError('NOT_SUPPORTED', message, { operation })
  }
  const from = (operation: string): Support => supportFor(support, operation)
  const fromHere = (operation: string, { isHere }: CallContext): Support => {
    if (support !== undefined && isHere !== true) refuse(operation, NOT_FROM_HERE)
    return from(operation)
  }
  return {
    backups: {
      get: backups.get.handler(async ({ context }): Promise<BackupStatus> => {
        if (support === undefined) return NONE
        const whyNotHere = context.isHere === true ? null : NOT_FROM_HERE
        const canRestart = support.restart !== null && whyNotHere === null
        return { ...(await support.backups.overview()), whyNone: null, whyNotHere, canRestart }
      }),
      start: backups.start.handler(() => from('backups.start').backups.start()),
      stop: backups.stop.handler(() => from('backups.stop').backups.stop()),
      askRestore: backups.askRestore.handler(({ input: { name }, context }) =>
        fromHere('backups.askRestore', context).backups.askRestore(name),
      ),
      withdrawRestore: backups.withdrawRestore.handler(({ context }) =>
        fromHere('backups.withdrawRestore', context).backups.withdrawRestore(),
      ),
      remove: backups.remove.handler(({ input: { name }, context }) =>
        fromHere('backups.remove', context).backups.remove(name),
      ),
      restart: backups.restart.handler(({ context }) => {
        const { restart } = fromHere('backups.restart', context)
        if (restart === null) refuse('backups.restart', NO_RESTART)
        else restart()
      }),
      openFolder: backups.openFolder.handler(async ({ context }) => {
        const { folder } = await fromHere('backups.openFolder', context).backups.overview()
        if (openFolder === null) refuse('backups.openFolder', NO_FOLDERS)
        else await openFolder(folder)
      }),
    },
  }
}

const NONE: BackupStatus = {
  folder: '',
  backups: [],
  run: { kind: 'none' },
  askedRestore: null,
  restored: null,
  whyNone: ELSEWHERE,
  whyNotHere: ELSEWHERE,
  canRestart: false,
}
