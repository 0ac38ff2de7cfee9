import type { LucideIcon } from 'lucide-react'
import type { ButtonHTMLAttributes, MouseEvent, ReactNode, Ref } from 'react'
import styles from './button.module.css'
import { classNames } from './class-names.ts'
import { Tooltip } from './tooltip.tsx'

export interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'disabled'> {
  /** `primary` at most once a screen; `danger-fill` only inside the question that confirms. */
  readonly variant?: 'default' | 'primary' | 'ghost' | 'danger' | 'danger-fill'
  readonly size?: 'small' | 'medium' | 'large'
  readonly icon?: LucideIcon | undefined
  /**
   * Why it cannot be used now. A button stays in place, can be focused and says why on hover, instead
   * of disappearing or failing on click.
   */
  readonly disabledReason?: string | null | undefined
  readonly isBusy?: boolean
  readonly ref?: Ref<HTMLButtonElement>
  readonly children?: ReactNode
}

export function Button({
  variant = 'default',
  size = 'medium',
  icon: Icon,
  disabledReason = null,
  isBusy = false,
  className,
  children,
  onClick,
  type = 'button',
  ...rest
}: ButtonProps) {
  const isDisabled = disabledReason !== null || isBusy
  const handleClick = (event: MouseEvent<HTMLButtonElement>) => {
    if (isDisabled) event.preventDefault()
    else onClick?.(event)
  }
  return (
    <Tooltip text={disabledReason}>
      <button
        {...rest}
        type={type}
        data-variant={variant}
        aria-disabled={isDisabled || undefined}
        aria-busy={isBusy || undefined}
        onClick={handleClick}
        className={classNames(styles.button, styles[variant], styles[size], className)}
      >
        {Icon !== undefined && <Icon size={size === 'small' ? 12 : 14} strokeWidth={1.75} aria-hidden />}
        {children}
      </button>
    </Tooltip>
  )
}

interface IconButtonProps extends Omit<ButtonProps, 'children' | 'icon'> {
  readonly icon: LucideIcon
  /** What it does; read out, and shown on hover. */
  readonly label: string
}

/** A square button with an icon alone. */
export function IconButton({
  icon: Icon,
  label,
  variant = 'ghost',
  className,
  disabledReason,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip text={disabledReason == null ? label : `${label}: ${disabledReason}`}>
      <button
        {...rest}
        type="button"
        aria-label={label}
        aria-disabled={disabledReason != null || undefined}
        onClick={(event) => {
          if (disabledReason == null) rest.onClick?.(event)
        }}
        className={classNames(
          styles.button,
          styles.square,
          styles[variant],
          styles[rest.size ?? 'medium'],
          className,
        )}
      >
        <Icon size={rest.size === 'small' ? 14 : 16} strokeWidth={1.5} aria-hidden />
      </button>
    </Tooltip>
  )
}
