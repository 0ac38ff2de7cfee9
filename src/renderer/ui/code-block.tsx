import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import styles from './code-block.module.css'

interface CodeBlockProps {
  readonly label: string
  readonly children: ReactNode
  readonly className?: string | undefined
}

/** Code to read or copy. Scrolls sideways, and can be scrolled with the keyboard. */
export function CodeBlock({ label, children, className }: CodeBlockProps) {
  return (
    <pre className={classNames(styles.block, className)} tabIndex={0} role="region" aria-label={label}>
      <code>{children}</code>
    </pre>
  )
}
