import { Tabs as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { formatCount, formatShortCount } from './format/count.ts'
import { classNames } from './class-names.ts'
import styles from './tabs.module.css'

export interface TabItem<Value extends string> {
  readonly value: Value
  readonly label: string
  /** Shown small beside the label, short; in full on hover. Null while it is not known. */
  readonly count?: number | null | undefined
}

interface TabsProps<Value extends string> {
  readonly label: string
  readonly items: readonly TabItem<Value>[]
  readonly value: Value
  readonly onChange: (value: Value) => void
  /** 36 px high instead of 40, for a drawer. */
  readonly isCompact?: boolean
  /** {@link TabPanel}s, or one panel whose content follows the value. */
  readonly children?: ReactNode
  readonly className?: string | undefined
}

export function Tabs<Value extends string>(props: TabsProps<Value>) {
  const { label, items, value, onChange, isCompact = false, children, className } = props
  return (
    <Radix.Root
      className={classNames(styles.root, className)}
      value={value}
      onValueChange={(next) => onChange(next as Value)} // Radix hands back one of `items`
      activationMode="manual"
    >
      <Radix.List className={classNames(styles.list, isCompact && styles.compact)} aria-label={label}>
        {items.map((item) => (
          <Radix.Trigger key={item.value} value={item.value} className={styles.tab}>
            {item.label}
            {item.count != null && (
              <span className={styles.count} title={formatCount(item.count)}>
                {formatShortCount(item.count)}
              </span>
            )}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {children}
    </Radix.Root>
  )
}

interface TabPanelProps {
  readonly value: string
  readonly children: ReactNode
  readonly className?: string | undefined
}

export function TabPanel({ value, children, className }: TabPanelProps) {
  return (
    <Radix.Content value={value} className={classNames(styles.panel, className)}>
      {children}
    </Radix.Content>
  )
}
