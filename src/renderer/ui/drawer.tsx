import { X } from 'lucide-react'
import { useEffect, useRef, type ReactNode } from 'react'
import { IconButton } from './button.tsx'
import styles from './drawer.module.css'

interface DrawerProps {
  /** Names it for screen readers. */
  readonly label: string
  /** What stands left of the close button: pill, name, arrows. */
  readonly header: ReactNode
  /** Buttons between the header and the close button, as previous and next. */
  readonly actions?: ReactNode
  readonly onClose: () => void
  readonly children: ReactNode
}

/**
 * A panel at the right of a list, not modal: the list stays usable beside it. Place it as the last child
 * of a {@link DrawerLayout}; under 1200 px it lies over the list. `Esc` closes it, unless something on
 * top of it takes the key first.
 */
export function Drawer({ label, header, actions, onClose, children }: DrawerProps) {
  const latestOnClose = useRef(onClose)
  useEffect(() => {
    latestOnClose.current = onClose
  })
  useEffect(() => {
    const closeOnEscape = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || isOverlayOpen()) return
      event.preventDefault()
      latestOnClose.current()
    }
    document.addEventListener('keydown', closeOnEscape)
    return () => document.removeEventListener('keydown', closeOnEscape)
  }, [])
  return (
    <aside className={styles.drawer} aria-label={label}>
      <header className={styles.header}>
        <div className={styles.title}>{header}</div>
        <div className={styles.actions}>
          {actions}
          <IconButton icon={X} label="Close" onClick={onClose} />
        </div>
      </header>
      <div className={styles.body}>{children}</div>
    </aside>
  )
}

/** A list and, while something is open, its drawer. */
export const DrawerLayout = ({ children }: { readonly children: ReactNode }) => (
  <div className={styles.layout}>{children}</div>
)

/** Dialogs, menus and lists that float above take `Esc` for themselves. */
function isOverlayOpen(): boolean {
  return (
    document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]') !== null
  )
}
