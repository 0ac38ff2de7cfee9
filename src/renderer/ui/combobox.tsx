import { ChevronDown } from 'lucide-react'
import { Popover } from 'radix-ui'
import { useId, useRef, useState, type KeyboardEvent } from 'react'
import styles from './combobox.module.css'
import { Field } from './field.tsx'
import fieldStyles from './field.module.css'

export interface ComboboxOption {
  readonly value: string
  /** A few words at the right end. */
  readonly hint?: string | undefined
}

interface ComboboxProps {
  readonly label: string
  readonly options: readonly ComboboxOption[]
  readonly value: string
  readonly onChange: (value: string) => void
  readonly placeholder?: string
  readonly problem?: string | null | undefined
  readonly hint?: string | undefined
}

/** A text field that suggests; anything else may be typed as well. */
export function Combobox({ label, options, value, onChange, placeholder, problem, hint }: ComboboxProps) {
  const listId = useId()
  const anchor = useRef<HTMLDivElement>(null)
  const [isOpen, setIsOpen] = useState(false)
  const [active, setActive] = useState(-1)
  const [isTyping, setIsTyping] = useState(false)
  const shown = isTyping
    ? options.filter((option) => option.value.toLowerCase().includes(value.toLowerCase()))
    : options

  const open = () => {
    setIsTyping(false)
    setActive(options.findIndex((option) => option.value === value))
    setIsOpen(true)
  }
  const choose = (option: ComboboxOption) => {
    onChange(option.value)
    setIsOpen(false)
  }
  const handleKey = (event: KeyboardEvent) => {
    const chosen = shown[active]
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      if (!isOpen) open()
      else setActive(move(active, event.key === 'ArrowDown' ? 1 : -1, shown.length))
    } else if (event.key === 'Enter' && isOpen && chosen !== undefined && !event.ctrlKey && !event.metaKey) {
      event.preventDefault()
      choose(chosen)
    } else if (event.key === 'Escape' && isOpen) {
      event.preventDefault()
      event.stopPropagation()
      setIsOpen(false)
    }
  }

  return (
    <Popover.Root open={isOpen && shown.length > 0} onOpenChange={setIsOpen}>
      <Field label={label} problem={problem} hint={hint}>
        {(control) => (
          <Popover.Anchor asChild>
            <div ref={anchor} className={styles.box}>
              <input
                {...control}
                className={fieldStyles.input}
                role="combobox"
                aria-expanded={isOpen}
                aria-controls={listId}
                aria-autocomplete="list"
                aria-activedescendant={isOpen && active >= 0 ? `${listId}-${active}` : undefined}
                value={value}
                placeholder={placeholder}
                spellCheck={false}
                autoComplete="off"
                onChange={(event) => {
                  onChange(event.target.value)
                  setIsTyping(true)
                  setActive(-1)
                  setIsOpen(true)
                }}
                onClick={() => !isOpen && open()}
                onBlur={() => setIsOpen(false)}
                onKeyDown={handleKey}
              />
              <ChevronDown size={14} strokeWidth={1.75} className={styles.arrow} aria-hidden />
            </div>
          </Popover.Anchor>
        )}
      </Field>
      <Popover.Portal>
        <Popover.Content
          id={listId}
          role="listbox"
          aria-label={label}
          className={styles.list}
          align="start"
          sideOffset={4}
          onOpenAutoFocus={(event) => event.preventDefault()}
          onCloseAutoFocus={(event) => event.preventDefault()}
          onInteractOutside={(event) => {
            if (anchor.current?.contains(event.target as Node)) event.preventDefault() // a click in the field
          }}
        >
          {shown.map((option, index) => (
            <button
              key={option.value}
              type="button"
              id={`${listId}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              className={styles.option}
              onPointerMove={() => setActive(index)}
              // The field keeps the focus, and with it the list stays open until the click has chosen.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => choose(option)}
            >
              <span className={styles.value}>{option.value}</span>
              {option.hint !== undefined && <span className={styles.hint}>{option.hint}</span>}
            </button>
          ))}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

function move(from: number, by: 1 | -1, count: number): number {
  return count === 0 ? -1 : (from + by + count + (from < 0 && by < 0 ? 1 : 0)) % count
}
