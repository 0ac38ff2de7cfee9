import type { ReactNode } from 'react'
import { classNames } from '../class-names.ts'
import styles from './two-lines.module.css'

interface TwoLinesProps {
  readonly children: ReactNode
  readonly note: ReactNode
  readonly tone?: 'plain' | 'trouble' | 'warning' | undefined
}

/** A name over a few quiet words, in a row of double height. */
export const TwoLines = ({ children, note, tone = 'plain' }: TwoLinesProps) => (
  <>
    <span className={styles.first}>{children}</span>
    <span className={classNames(styles.second, styles[tone])}>{note}</span>
  </>
)
