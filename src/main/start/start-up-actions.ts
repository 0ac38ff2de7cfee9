import { ipcMain } from 'electron'
import { START_UP_ACTIONS, START_UP_CHANNEL, type StartUpAction } from '../../shared/contract/bridge.ts'
import { FAILURE_URL } from '../app-scheme.ts'

/**
 * Does what the page of a failed start asks for. Only that very page is heard, and of it only what it
 * offers now.
 *
 * @param offered nothing while there is no failure
 */
export function hearStartUpActions(
  offered: () => readonly StartUpAction[],
  act: (action: StartUpAction) => void,
): void {
  ipcMain.on(START_UP_CHANNEL, ({ senderFrame }, asked: unknown) => {
    if (senderFrame === null || senderFrame.parent !== null || senderFrame.url !== FAILURE_URL) return
    const action = START_UP_ACTIONS.find((known) => known === asked)
    if (action !== undefined && offered().includes(action)) act(action)
  })
}
