/** What the app needs of a window to end it. */
export interface OpenWindow {
  close(): void
  destroy(): void
}

/** Every window that is open, oldest first. */
export const windows = new Set<OpenWindow>()
