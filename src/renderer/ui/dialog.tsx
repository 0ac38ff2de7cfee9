import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { IconButton } from './button.tsx'
import { classNames } from './class-names.ts'
import styles from './dialog.module.css'

interface DialogProps {
  readonly title: string
  /** One sentence under the title. */
  readonly description?: string | undefined
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly width?: 'narrow' | 'wide'
  readonly children: ReactNode
  /** Buttons, right-aligned at the foot. */
  readonly footer?: ReactNode
}

/**
 * A modal question. The scrim is our own element instead of Radix's overlay, which locks scrolling with
 * a style element that our CSP forbids; the window's body never scrolls, so nothing is lost.
 */
export function Dialog({
  title,
  description,
  isOpen,
  onClose,
  width = 'narrow',
  children,
  footer,
}: DialogProps) {
  return (
    <Radix.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <div className={styles.scrim}>
          <Radix.Content
            className={classNames(styles.dialog, styles[width])}
            onOpenAutoFocus={focusFirst}
            {...(description === undefined ? { 'aria-describedby': undefined } : {})}
          >
            <div className={styles.header}>
              <div>
                <Radix.Title className={styles.title}>{title}</Radix.Title>
                {description !== undefined && (
                  <Radix.Description className={styles.description}>{description}</Radix.Description>
                )}
              </div>
              <Radix.Close asChild>
                <IconButton icon={X} label="Close" />
              </Radix.Close>
            </div>
            <div className={styles.body} data-part="body">
              {children}
            </div>
            {footer !== undefined && (
              <div className={styles.footer} data-part="foot">
                {footer}
              </div>
            )}
          </Radix.Content>
        </div>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** The first field, or the first button of the foot, or the dialog itself: never the cross, which says nothing about the question. */
function focusFirst(event: Event): void {
  const dialog = event.currentTarget
  if (!(dialog instanceof HTMLElement)) return
  const first = dialog.querySelector<HTMLElement>(
    '[data-part="body"] :is(input, textarea, select), [data-part="foot"] button',
  )
  event.preventDefault()
  if (first === null) dialog.focus()
  else first.focus()
}
