import { call } from '@orpc/server'
import { describe, expect, it, vi } from 'vitest'
import { BrokerError } from '../../shared/domain/errors.ts'
import type { DataFolderMoves } from '../data-folder/data-folder-moves.ts'
import type { DesktopSettingsStore } from '../preferences/desktop-settings.ts'
import type { BackupCopies } from '../backups/create-backup-copies.ts'
import type { Updates } from '../updates/updates.ts'
import { createDesktopRouter } from './create-desktop-router.ts'
import { createWindowMessages } from './window-messages.ts'

const unasked = () => {
  throw new Error('not asked for here')
}
const update = vi.fn<DesktopSettingsStore['update']>()
const ask = vi.fn<DataFolderMoves['ask']>()
const answerClose = vi.fn<(choice: string) => void>()
const updates: Updates = { state: unasked, check: unasked, restart: unasked, leave: unasked }
const saveCopy = vi.fn<BackupCopies['save']>()
const router = createDesktopRouter({
  messages: createWindowMessages(),
  settings: { update } as Partial<DesktopSettingsStore> as DesktopSettingsStore,
  dataFolder: { get: unasked, ask, withdraw: unasked },
  updates,
  backupCopies: { save: saveCopy, stop: unasked },
  restart: unasked,
  logger: { error: unasked },
  answerClose,
})
const INVALID = { code: 'REFUSED', data: { code: 'INVALID_REQUEST' } }
const QUIET = { isOn: true, from: 0, until: 60 }

describe('what the window may ask of the desktop app', () => {
  it.each([
    { onClose: 'explode' },
    { onClose: 'quit', dataFolder: '/etc' },
    { openAtLogin: 'yes' },
    { notifications: { failedTasks: true, alerts: ['UNHEARD_OF'], quietHours: QUIET } },
    { notifications: { failedTasks: true, alerts: [], quietHours: { ...QUIET, from: 1440 } } },
    { notifications: { failedTasks: true, alerts: [] } },
    null,
    'quit',
  ])('is refused when it is not of the contract: %j', async (input) => {
    await expect(call(router.settings.update, input as never)).rejects.toMatchObject(INVALID)
    expect(update).not.toHaveBeenCalled()
  })

  it.each([
    { name: 'one.db', file: '/home/somebody/.profile' },
    { name: 'one.db', target: '/etc/passwd' },
    { name: '../penstock.db' },
    { name: '/etc/passwd' },
    { name: '.hidden.db' },
    {},
    'one.db',
  ])('is never where a copy of a backup goes, nor another file than a backup: %j', async (input) => {
    await expect(call(router.saveBackupCopy, input as never)).rejects.toMatchObject(INVALID)
    expect(saveCopy).not.toHaveBeenCalled()
  })

  it('is not another answer than those there are', async () => {
    await expect(call(router.answerClose, { choice: 'shut-down' } as never)).rejects.toMatchObject(INVALID)
    expect(answerClose).not.toHaveBeenCalled()
  })

  it('and is refused there, is told why', async () => {
    ask.mockRejectedValueOnce(new BrokerError('INVALID_REQUEST', 'It is full; choose another.', {}))
    await expect(call(router.dataFolder.askMove, undefined)).rejects.toMatchObject({
      code: 'REFUSED',
      message: 'It is full; choose another.',
    })
  })
})
