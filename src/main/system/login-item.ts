import { app } from 'electron'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import path from 'node:path'
import type { LoginItem } from '../preferences/desktop-settings.ts'
import { autostartEntry, autostartFile } from './autostart-entry.ts'

const NOT_INSTALLED = 'Only the installed app can open at login'

/** Opening at login, as each system keeps it. The window stays hidden then: the tray is there. */
export const loginItem: LoginItem = {
  get() {
    return { isOn: app.isPackaged && isOn(), reason: app.isPackaged ? null : NOT_INSTALLED }
  },
  set(wanted) {
    if (!app.isPackaged) throw new Error(`${NOT_INSTALLED}.`)
    if (process.platform === 'linux') writeAutostart(wanted)
    else app.setLoginItemSettings({ openAtLogin: wanted, args: ['--hidden'] })
  },
}

function isOn(): boolean {
  if (process.platform === 'linux') return existsSync(autostartFile(process.env, homedir()))
  return app.getLoginItemSettings({ args: ['--hidden'] }).openAtLogin
}

function writeAutostart(wanted: boolean): void {
  const file = autostartFile(process.env, homedir())
  if (!wanted) return rmSync(file, { force: true })
  mkdirSync(path.dirname(file), { recursive: true })
  // An AppImage runs from a place that is gone after it.
  writeFileSync(file, autostartEntry(process.env['APPIMAGE'] ?? process.execPath))
}
