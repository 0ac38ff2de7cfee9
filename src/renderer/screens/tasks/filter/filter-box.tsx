import { ListFilter } from 'lucide-react'
import { Popover } from 'radix-ui'
import { useEffect, useId, useImperativeHandle, useRef, useState, type KeyboardEvent, type Ref } from 'react'
import { Chip } from '../../../ui/chip.tsx'
import { Kbd } from '../../../ui/kbd.tsx'
import type { TaskFilters } from '../tasks-search.ts'
import { chipsOf } from './filter-chips.ts'
import styles from './filter-box.module.css'
import { readFilterText, withoutLastWord, writeFilter, type FilterField } from './filter-text.ts'
import { suggest, type FilterSources, type FilterSuggestion } from './suggestions.ts'
import { SuggestionList } from './suggestion-list.tsx'

export interface FilterBoxHandle {
  focus(): void
}

interface FilterBoxProps {
  readonly filters: TaskFilters
  readonly sources: FilterSources
  /** `isTyping` while the free text grows letter by letter: not worth a step back in the history. */
  readonly onChange: (change: TaskFilters, isTyping: boolean) => void
  /** Escape in an empty box. */
  readonly onLeave: () => void
  readonly ref?: Ref<FilterBoxHandle>
}

const TYPING_MS = 250

/** One box for every filter: `field:value` becomes a chip, anything else is searched for. */
export function FilterBox({ filters, sources, onChange, onLeave, ref }: FilterBoxProps) {
  const listId = useId()
  const input = useRef<HTMLInputElement>(null)
  const box = useRef<HTMLDivElement>(null)
  const [draft, setDraft] = useDraft(filters.text)
  const [isOpen, setIsOpen] = useState(false)
  const [active, setActive] = useState(-1)
  const [problem, setProblem] = useState<string | null>(null)
  const reading = readFilterText(draft, { isDone: false })
  const suggestions = isOpen ? suggest(reading, sources) : []
  const chips = chipsOf(filters)

  useImperativeHandle(ref, () => ({
    focus: () => {
      input.current?.focus()
      input.current?.select()
    },
  }))
  useTypedText(reading.text, filters.text, (text) => onChange({ text }, true))

  /** Takes complete filters out of the box; with `isDone` the last one too, and searches at once. */
  const take = (source: string, isDone: boolean) => {
    const next = readFilterText(source, { isDone })
    const isTaken = isDone || Object.keys(next.filters).length > 0
    // Until then it stays as typed, or the caret would jump.
    setDraft(isTaken ? next.rest : source)
    setProblem(next.problem)
    setActive(-1)
    if (isTaken) onChange({ ...next.filters, text: next.text === '' ? undefined : next.text }, false)
    return next.problem
  }
  const choose = ({ field, value }: FilterSuggestion) => {
    const before = withoutLastWord(draft)
    setActive(-1)
    input.current?.focus()
    if (value === null) {
      setDraft(`${before}${field}:`)
      return
    }
    take(`${before}${writeFilter(field, value)}`, true)
  }
  const remove = (field: FilterField) => onChange({ [field]: undefined }, false)

  const handleKey = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) {
      event.preventDefault()
      if (!isOpen) setIsOpen(true)
      else if (suggestions.length > 0) setActive(wrap(active, step, suggestions.length))
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault()
      const chosen = suggestions[active]
      if (chosen !== undefined) choose(chosen)
      else {
        // What is wrong with it is said under the box.
        setIsOpen(take(draft, true) !== null)
      }
    } else if (event.key === 'Escape') {
      event.preventDefault()
      if (isOpen && suggestions.length > 0) setIsOpen(false)
      else if (draft !== '') take('', true)
      else onLeave()
    } else if (event.key === 'Backspace' && draft === '') {
      const last = chips.at(-1)
      if (last !== undefined) remove(last.field)
    }
  }

  return (
    <Popover.Root open={suggestions.length > 0 || (isOpen && problem !== null)} onOpenChange={setIsOpen}>
      <Popover.Anchor asChild>
        {/* A click anywhere in the box is a click in its text field. */}
        {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions */}
        <div ref={box} className={styles.box} onClick={() => input.current?.focus()}>
          <ListFilter size={16} strokeWidth={1.5} className={styles.icon} aria-hidden />
          {chips.map(({ field, value }) => (
            <Chip key={field} field={field} value={value} onRemove={() => remove(field)} />
          ))}
          <input
            ref={input}
            className={styles.input}
            role="combobox"
            aria-label="Filter tasks"
            aria-expanded={suggestions.length > 0}
            aria-controls={suggestions.length > 0 ? listId : undefined}
            aria-autocomplete="list"
            aria-activedescendant={active >= 0 ? `${listId}-${active}` : undefined}
            aria-invalid={problem !== null || undefined}
            placeholder={
              chips.length > 0
                ? 'Add a filter, or search'
                : 'Filter by state, queue, name … or search in id, name, input and error'
            }
            value={draft}
            spellCheck={false}
            autoComplete="off"
            autoCapitalize="off"
            onChange={(event) => {
              setIsOpen(true)
              take(event.target.value, false)
            }}
            onFocus={() => setIsOpen(true)}
            onBlur={() => setIsOpen(false)}
            onKeyDown={handleKey}
          />
          {draft === '' && <Kbd>/</Kbd>}
        </div>
      </Popover.Anchor>
      <SuggestionList
        id={listId}
        anchor={box}
        suggestions={suggestions}
        problem={problem}
        active={active}
        onHover={setActive}
        onChoose={choose}
      />
    </Popover.Root>
  )
}

/** What stands in the box. It follows a text that came from elsewhere: the palette, a link, "back". */
function useDraft(text: string | undefined) {
  const [draft, setDraft] = useState(text ?? '')
  const [known, setKnown] = useState(text)
  if (text !== known) {
    setKnown(text)
    if ((text ?? '') !== readFilterText(draft, { isDone: false }).text) setDraft(text ?? '')
  }
  return [draft, setDraft] as const
}

/** Searches for the free text once the reader pauses. */
function useTypedText(text: string, applied: string | undefined, apply: (text: string | undefined) => void) {
  const latest = useRef(apply)
  useEffect(() => {
    latest.current = apply
  })
  useEffect(() => {
    if (text === (applied ?? '')) return
    const timer = setTimeout(() => latest.current(text === '' ? undefined : text), TYPING_MS)
    return () => clearTimeout(timer)
    // `applied` changes when this has done its work, or when the text came from elsewhere.
  }, [text, applied])
}

const wrap = (from: number, step: number, count: number) =>
  from < 0 && step < 0 ? count - 1 : (from + step + count) % count
