import { Search, X } from 'lucide-react'
import { useImperativeHandle, useRef, type ReactNode, type Ref } from 'react'
import styles from './filter-bar.module.css'
import { Kbd } from './kbd.tsx'

export interface FilterBarHandle {
  /** For `/`. */
  focus(): void
}

interface FilterBarProps {
  /** What is looked for: "Search queues". */
  readonly label: string
  readonly text: string
  readonly onText: (text: string) => void
  /** Buttons and choices at the right. */
  readonly children?: ReactNode
  readonly ref?: Ref<FilterBarHandle>
}

/** A line under the strip: one box to search in, and what else narrows the page. */
export function FilterBar({ label, text, onText, children, ref }: FilterBarProps) {
  const input = useRef<HTMLInputElement>(null)
  useImperativeHandle(ref, () => ({ focus: () => input.current?.select() }), [])
  return (
    <div className={styles.bar}>
      <div className={styles.box}>
        <Search size={14} strokeWidth={1.75} aria-hidden />
        <input
          ref={input}
          type="search"
          className={styles.input}
          aria-label={label}
          placeholder={label}
          value={text}
          onChange={(event) => onText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return
            event.preventDefault()
            if (text === '') event.currentTarget.blur()
            else onText('')
          }}
          spellCheck={false}
          autoComplete="off"
        />
        {text === '' ? (
          <Kbd>/</Kbd>
        ) : (
          <button
            type="button"
            className={styles.clear}
            aria-label="Clear the search"
            onClick={() => onText('')}
          >
            <X size={14} strokeWidth={2} aria-hidden />
          </button>
        )}
      </div>
      {children}
    </div>
  )
}
