import { EventEmitter } from 'node:events'
import { strict } from './strict.ts'

/** Where what preloads send arrives. `handle` and `invoke` are not used, and not here. */
export const ipcMain = strict('ipcMain', new EventEmitter())
