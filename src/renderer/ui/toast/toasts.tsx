import { Check, CircleAlert, X } from 'lucide-react'
import { useEffect, useState, type ReactNode } from 'react'
import { useStore } from 'zustand'
import { Button, IconButton } from '../button.tsx'
import { dismissToast, toastStore, type Toast } from './toast-store.ts'
import styles from './toasts.module.css'

/** Failures stay longer: they have to be read, not only noticed. */
const SHOWN_MS = { success: 6000, plain: 6000, failure: 12_000 } as const

/** Where toasts appear: bottom left of the content, what is under way above them. Once, in the frame. */
export function Toasts({ children }: { readonly children?: ReactNode }) {
  const toasts = useStore(toastStore, (state) => state.toasts)
  return (
    <div className={styles.stack}>
      {children}
      <div className={styles.toasts} role="status" aria-live="polite">
        {toasts.map((toast) => (
          <ToastCard key={toast.id} toast={toast} />
        ))}
      </div>
    </div>
  )
}

function ToastCard({ toast: { id, tone, message, action } }: { readonly toast: Toast }) {
  const [isHeld, setIsHeld] = useState(false)
  useEffect(() => {
    if (isHeld) return
    const timer = setTimeout(() => dismissToast(id), SHOWN_MS[tone])
    return () => clearTimeout(timer)
  }, [id, tone, isHeld])
  return (
    <div
      className={styles.toast}
      onPointerEnter={() => setIsHeld(true)}
      onPointerLeave={() => setIsHeld(false)}
      onFocus={() => setIsHeld(true)}
      onBlur={() => setIsHeld(false)}
    >
      {tone === 'success' && <Check size={16} className={styles.success} aria-hidden />}
      {tone === 'failure' && <CircleAlert size={16} className={styles.failure} aria-hidden />}
      <span className={styles.message}>{message}</span>
      {action !== undefined && (
        <Button
          variant="ghost"
          size="small"
          className={styles.action}
          onClick={() => {
            dismissToast(id)
            action.run()
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton icon={X} size="small" label="Dismiss" onClick={() => dismissToast(id)} />
    </div>
  )
}
