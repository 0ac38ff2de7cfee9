import { Check, Minus } from 'lucide-react'
import { Checkbox as Radix } from 'radix-ui'
import type { MouseEvent } from 'react'
import styles from './checkbox.module.css'

interface CheckboxProps {
  readonly label: string
  readonly isChecked: boolean | 'some'
  readonly onChange: (isChecked: boolean) => void
  /** For ranges by Shift-click: called before `onChange`. */
  readonly onClick?: ((event: MouseEvent) => void) | undefined
  readonly tabIndex?: number | undefined
}

export function Checkbox({ label, isChecked, onChange, onClick, tabIndex }: CheckboxProps) {
  return (
    <Radix.Root
      className={styles.box}
      aria-label={label}
      checked={isChecked === 'some' ? 'indeterminate' : isChecked}
      onCheckedChange={(next) => onChange(next === true)}
      onClick={onClick}
      tabIndex={tabIndex}
    >
      <Radix.Indicator className={styles.mark}>
        {isChecked === 'some' ? (
          <Minus size={12} strokeWidth={3} aria-hidden />
        ) : (
          <Check size={12} strokeWidth={3} aria-hidden />
        )}
      </Radix.Indicator>
    </Radix.Root>
  )
}
