import { createORPCClient } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import type { PenstockBridge } from '../../../shared/contract/bridge.ts'
import type { DesktopContract } from '../../../shared/contract/desktop-contract.ts'
import { createPortLink } from '../port-link.ts'

export type DesktopClient = ContractRouterClient<DesktopContract>

/** The desktop app around this window; null in a browser, where there is none. */
export const desktopClient: DesktopClient | null =
  window.penstock === undefined ? null : createClient(window.penstock)

/** Under which the app's settings are cached: whatever changes them asks for them again. */
export const DESKTOP_SETTINGS_KEY = ['desktop', 'settings']

function createClient(bridge: PenstockBridge): DesktopClient {
  return createORPCClient(createPortLink(bridge, 'desktop'))
}
