import type { Session } from 'electron'
import { isAppUrl } from './app-scheme.ts'

/** For the copy buttons. Everything else a page could be permitted, this one has no use for. */
const PERMITTED = 'clipboard-sanitized-write'

export function restrictPermissions(session: Session): void {
  session.setPermissionRequestHandler((contents, permission, answer) => {
    answer(permission === PERMITTED && isAppUrl(contents.getURL()))
  })
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin) => {
    return permission === PERMITTED && isAppUrl(requestingOrigin)
  })
  session.setDevicePermissionHandler(() => false)
}
