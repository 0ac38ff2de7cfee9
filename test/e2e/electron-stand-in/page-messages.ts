/** What crosses between the stand-in and the world its preload runs in, as JSON. */
export type FromPreload =
  | {
      readonly kind: 'send'
      readonly url: string
      readonly channel: string
      readonly args: readonly unknown[]
    }
  | { readonly kind: 'port'; readonly id: number; readonly data: unknown }
  | { readonly kind: 'port-closed'; readonly id: number }
  | { readonly kind: 'open'; readonly url: string; readonly frameName: string; readonly features: string }

export type ToPreload =
  | {
      readonly kind: 'message'
      readonly channel: string
      readonly args: readonly unknown[]
      readonly portIds: readonly number[]
    }
  | { readonly kind: 'port'; readonly id: number; readonly data: unknown }
  | { readonly kind: 'port-closed'; readonly id: number }

export interface PreloadSettings {
  /** Name of the binding through which the preload's world reaches the stand-in. */
  readonly binding: string
  /** Name of the function, in that world, through which the stand-in reaches it. */
  readonly receiver: string
  /** Prefix of the DOM events between the two worlds of the page; not to be guessed. */
  readonly token: string
  readonly platform: string
}
