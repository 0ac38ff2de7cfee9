import { useId, type InputHTMLAttributes, type ReactNode, type Ref } from 'react'
import { classNames } from './class-names.ts'
import styles from './field.module.css'

interface FieldProps {
  readonly label: string
  /** What is wrong with the value; takes the place of the hint. */
  readonly problem?: string | null | undefined
  readonly hint?: ReactNode
  readonly className?: string | undefined
  /** The control: spread what it is given on the element that takes the text. */
  readonly children: (control: {
    readonly id: string
    readonly 'aria-invalid': true | undefined
    readonly 'aria-describedby': string | undefined
  }) => ReactNode
}

/** A label, a control, and one line under it that is a hint or the problem. */
export function Field({ label, problem = null, hint, className, children }: FieldProps) {
  const id = useId()
  const note = problem ?? hint
  return (
    <div className={classNames(styles.field, className)}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      {children({
        id,
        'aria-invalid': problem === null ? undefined : true,
        'aria-describedby': note == null ? undefined : `${id}-note`,
      })}
      {note != null && (
        <p id={`${id}-note`} className={problem === null ? styles.hint : styles.problem}>
          {note}
        </p>
      )}
    </div>
  )
}

type NativeInput = Omit<InputHTMLAttributes<HTMLInputElement>, 'value' | 'onChange' | 'id'>

interface TextInputProps extends NativeInput {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly problem?: string | null | undefined
  readonly hint?: ReactNode
  readonly isMono?: boolean
  readonly ref?: Ref<HTMLInputElement>
}

export function TextInput({
  label,
  value,
  onChange,
  problem,
  hint,
  isMono = false,
  className,
  ...rest
}: TextInputProps) {
  return (
    <Field label={label} problem={problem} hint={hint} className={className}>
      {(control) => (
        <input
          {...rest}
          {...control}
          className={classNames(styles.input, isMono && styles.mono)}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          spellCheck={false}
          autoComplete="off"
        />
      )}
    </Field>
  )
}
