import { Popover } from 'radix-ui'
import type { RefObject } from 'react'
import styles from './filter-box.module.css'
import type { FilterSuggestion } from './suggestions.ts'

interface SuggestionListProps {
  readonly id: string
  /** The box it belongs to; clicks there do not close it. */
  readonly anchor: RefObject<HTMLElement | null>
  readonly suggestions: readonly FilterSuggestion[]
  readonly problem: string | null
  readonly active: number
  readonly onHover: (index: number) => void
  readonly onChoose: (suggestion: FilterSuggestion) => void
}

/**
 * What could come next in the filter box, or what is wrong with what is there. It stays inside the page's
 * main part: no portal, so that it belongs to the search for a screen reader too.
 */
export function SuggestionList(props: SuggestionListProps) {
  const { id, anchor, suggestions, problem, active, onHover, onChoose } = props
  return (
    <Popover.Content
      className={styles.list}
      align="start"
      sideOffset={4}
      role="presentation"
      onOpenAutoFocus={(event) => event.preventDefault()}
      onCloseAutoFocus={(event) => event.preventDefault()}
      onInteractOutside={(event) => {
        if (anchor.current?.contains(event.target as Node)) event.preventDefault()
      }}
    >
      {problem !== null && (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
      {suggestions.length > 0 && (
        <div id={id} role="listbox" aria-label="Suggestions">
          {suggestions.map((suggestion, index) => (
            <div
              key={`${suggestion.field}:${suggestion.value ?? ''}`}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === active}
              className={styles.option}
              onPointerMove={() => onHover(index)}
              // Before the box loses the focus, which would close the list.
              onPointerDown={(event) => {
                event.preventDefault()
                onChoose(suggestion)
              }}
            >
              <span>
                <span className={suggestion.value === null ? styles.value : styles.field}>
                  {suggestion.field}:
                </span>
                {suggestion.value !== null && <span className={styles.value}> {suggestion.value}</span>}
              </span>
              {suggestion.hint !== null && <span className={styles.hint}>{suggestion.hint}</span>}
            </div>
          ))}
        </div>
      )}
    </Popover.Content>
  )
}
