import { oc, type } from '@orpc/contract'

/** What is known of newer versions of the desktop app. */
export type UpdateState =
  /** It never looks: `reason` says why, for people. */
  | { readonly kind: 'off'; readonly reason: string }
  /** Nothing newer, when it looked last; null before it has looked. */
  | { readonly kind: 'current'; readonly checkedAt: number | null }
  | { readonly kind: 'checking' }
  /** Of 100. */
  | { readonly kind: 'downloading'; readonly version: string; readonly percent: number }
  /** Installed when the app quits; or at once, when it is restarted. */
  | { readonly kind: 'ready'; readonly version: string }
  /** It looks again later. */
  | { readonly kind: 'failed'; readonly message: string }

export const updateCalls = {
  get: oc.output(type<UpdateState>()),
  /** Looks now; answers once it is known whether there is a newer version. */
  check: oc.output(type<UpdateState>()),
  /** Quits, and starts again as the newer version; does nothing while none is ready. */
  restart: oc.output(type<void>()),
}
