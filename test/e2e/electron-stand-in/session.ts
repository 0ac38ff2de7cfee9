import type * as Electron from 'electron'
import { browser } from './browser.ts'
import { lifecycle } from './lifecycle.ts'
import { standIn, type PermissionHandlers } from './stand-in-controls.ts'
import { strict } from './strict.ts'

type SessionApi = Pick<
  Electron.Session,
  'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'
>

/** Chromium's names of what a page may be permitted, and Electron's. */
const PERMISSIONS = {
  geolocation: 'geolocation',
  notifications: 'notifications',
  camera: 'media',
  microphone: 'media',
  midi: 'midi',
  'clipboard-read': 'clipboard-read',
  'clipboard-write': 'clipboard-sanitized-write',
} as const

let mayAsk = true

/**
 * Permissions as the check handler decides them, once for every page and origin of the program; a
 * request handler must be there too, but is never asked, as no prompt is ever shown here.
 */
const defaultSession = {
  setPermissionRequestHandler(handler: unknown) {
    mayAsk = handler === null
    standIn.permissions.request = handler as PermissionHandlers['request']
  },
  setPermissionCheckHandler(handler: unknown) {
    const check = handler as PermissionHandlers['check']
    standIn.permissions.check = check
    const permissions = Object.entries(PERMISSIONS).map(([name, permission]) => ({
      name,
      isGranted: check?.(null, permission, 'app://bundle/', { isMainFrame: true }) ?? mayAsk,
    }))
    void lifecycle.untilEnding(() => browser.setPermissions(permissions))
  },
  setDevicePermissionHandler(handler: unknown) {
    standIn.permissions.device = handler as PermissionHandlers['device']
  },
} satisfies SessionApi

export const session = strict('session', { defaultSession: strict('session.defaultSession', defaultSession) })
