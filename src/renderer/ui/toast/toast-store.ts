import { createStore } from 'zustand/vanilla'

export interface Toast {
  readonly id: number
  readonly tone: 'success' | 'failure' | 'plain'
  /** One sentence with the numbers: "Cancelled 40, skipped 2 that had finished". */
  readonly message: string
  readonly action?: { readonly label: string; readonly run: () => void } | undefined
}

export interface ToastState {
  readonly toasts: readonly Toast[]
}

/** More than these at once would cover the page; the oldest goes first. */
const MAX_TOASTS = 3

export const toastStore = createStore<ToastState>(() => ({ toasts: [] }))

let lastId = 0

/** Says what was done, or what went wrong. Goes by itself, unless the pointer is on it. */
export function showToast(toast: Omit<Toast, 'id'>): void {
  lastId += 1
  const added = { ...toast, id: lastId }
  toastStore.setState(({ toasts }) => ({ toasts: [...toasts, added].slice(-MAX_TOASTS) }))
}

export function dismissToast(id: number): void {
  toastStore.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }))
}
