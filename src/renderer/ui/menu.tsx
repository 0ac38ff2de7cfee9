import { Check, type LucideIcon } from 'lucide-react'
import { DropdownMenu as Radix } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'
import { classNames } from './class-names.ts'
import styles from './menu.module.css'

interface MenuProps {
  /** The button that opens it; takes a ref. */
  readonly trigger: ReactElement
  readonly align?: 'start' | 'end'
  readonly children: ReactNode
  readonly onOpenChange?: (isOpen: boolean) => void
}

/** Not modal: the modal kind locks scrolling with a style element, which our CSP forbids. */
export function Menu({ trigger, align = 'start', children, onOpenChange }: MenuProps) {
  return (
    <Radix.Root modal={false} {...(onOpenChange === undefined ? {} : { onOpenChange })}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className={styles.menu} align={align} sideOffset={4} collisionPadding={8}>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

interface MenuItemProps {
  readonly icon?: LucideIcon | undefined
  readonly children: ReactNode
  /** A few words at the right end. */
  readonly hint?: ReactNode
  readonly isDanger?: boolean
  /** Why it cannot be chosen now; shown instead of the hint. */
  readonly disabledReason?: string | null | undefined
  readonly onSelect: () => void
}

export function MenuItem({
  icon: Icon,
  children,
  hint,
  isDanger = false,
  disabledReason = null,
  onSelect,
}: MenuItemProps) {
  return (
    <Radix.Item
      className={classNames(styles.item, isDanger && styles.danger)}
      disabled={disabledReason !== null}
      onSelect={onSelect}
    >
      {Icon !== undefined && <Icon size={14} strokeWidth={1.75} aria-hidden />}
      <span className={styles.text}>{children}</span>
      {(disabledReason ?? hint) != null && <span className={styles.hint}>{disabledReason ?? hint}</span>}
    </Radix.Item>
  )
}

interface MenuChoiceProps<Value extends string> {
  readonly label: string
  readonly choices: readonly {
    readonly value: Value
    readonly label: string
    readonly hint?: string
    /** Before the label. */
    readonly mark?: ReactNode
  }[]
  readonly value: Value
  readonly onChange: (value: Value) => void
}

/** Several items of which one is chosen. */
export function MenuChoice<Value extends string>({
  label,
  choices,
  value,
  onChange,
}: MenuChoiceProps<Value>) {
  return (
    <Radix.RadioGroup
      aria-label={label}
      value={value}
      onValueChange={(next) => onChange(next as Value)} // Radix hands back one of `choices`
    >
      {choices.map((choice) => (
        <Radix.RadioItem key={choice.value} value={choice.value} className={styles.item}>
          <span className={styles.tick}>
            <Radix.ItemIndicator>
              <Check size={14} strokeWidth={2} aria-hidden />
            </Radix.ItemIndicator>
          </span>
          {choice.mark}
          <span className={styles.text}>{choice.label}</span>
          {choice.hint !== undefined && <span className={styles.hint}>{choice.hint}</span>}
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  )
}

interface MenuCheckProps {
  readonly isChecked: boolean
  readonly onChange: (isChecked: boolean) => void
  readonly children: ReactNode
}

/** An item that is on or off; the menu stays open, so that several can be set. */
export function MenuCheck({ isChecked, onChange, children }: MenuCheckProps) {
  return (
    <Radix.CheckboxItem
      className={styles.item}
      checked={isChecked}
      onCheckedChange={onChange}
      onSelect={(event) => event.preventDefault()}
    >
      <span className={styles.tick}>
        <Radix.ItemIndicator>
          <Check size={14} strokeWidth={2} aria-hidden />
        </Radix.ItemIndicator>
      </span>
      <span className={styles.text}>{children}</span>
    </Radix.CheckboxItem>
  )
}

export const MenuLabel = ({ children }: { readonly children: ReactNode }) => (
  <Radix.Label className={styles.label}>{children}</Radix.Label>
)
export const MenuSeparator = () => <Radix.Separator className={styles.separator} />
