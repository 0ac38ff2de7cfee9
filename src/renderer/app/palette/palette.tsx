import { Search } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react'
import { Kbd } from '../../ui/kbd.tsx'
import { overlay, useIsShown } from '../overlay-store.ts'
import type { IconEntry, PaletteMatch } from './palette-entries.ts'
import styles from './palette.module.css'
import { usePaletteMatches } from './use-palette-entries.ts'

/** Ctrl/Cmd+K: go anywhere, do anything that needs no more than a word. */
export function Palette() {
  return useIsShown('palette') ? <OpenPalette /> : null
}

function OpenPalette() {
  const listId = useId()
  const [text, setText] = useState('')
  const [active, setActive] = useState(0)
  const matches = usePaletteMatches(text)

  const run = (entry: IconEntry | undefined) => {
    if (entry === undefined) return
    overlay.close()
    entry.run()
  }
  const handleKey = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0 && matches.length > 0) {
      event.preventDefault()
      setActive((active + step + matches.length) % matches.length)
    } else if (event.key === 'Enter') {
      event.preventDefault()
      const isSearch = event.ctrlKey || event.metaKey
      run(isSearch ? matches.find(({ entry }) => entry.id === 'search')?.entry : matches[active]?.entry)
    }
  }
  return (
    <Radix.Root open onOpenChange={(isOpen) => !isOpen && overlay.close()}>
      <Radix.Portal>
        <div className={styles.scrim}>
          <Radix.Content className={styles.palette} aria-describedby={undefined}>
            <Radix.Title className="visually-hidden">Go to a page, a task or an action</Radix.Title>
            <div className={styles.search}>
              <Search size={16} strokeWidth={1.5} aria-hidden />
              <input
                className={styles.input}
                role="combobox"
                aria-label="Go to"
                aria-expanded
                aria-controls={listId}
                aria-activedescendant={matches.length > 0 ? `${listId}-${active}` : undefined}
                placeholder="Page, action, or the id of a task"
                value={text}
                onChange={(event) => {
                  setText(event.target.value)
                  setActive(0)
                }}
                onKeyDown={handleKey}
                spellCheck={false}
                autoComplete="off"
              />
              <Kbd>Esc</Kbd>
            </div>
            <div id={listId} role="listbox" aria-label="Results" className={styles.list}>
              {matches.length === 0 && <p className={styles.nothing}>Nothing matches “{text}”.</p>}
              {matches.map((match, index) => (
                <Entry
                  key={match.entry.id}
                  id={`${listId}-${index}`}
                  match={match}
                  isFirstOfGroup={matches[index - 1]?.entry.group !== match.entry.group}
                  isActive={index === active}
                  onHover={() => setActive(index)}
                  onRun={() => run(match.entry)}
                />
              ))}
            </div>
            <footer className={styles.footer} aria-hidden>
              <span>
                <Kbd>↑</Kbd> <Kbd>↓</Kbd> move
              </span>
              <span>
                <Kbd>Enter</Kbd> open
              </span>
            </footer>
          </Radix.Content>
        </div>
      </Radix.Portal>
    </Radix.Root>
  )
}

interface EntryProps {
  readonly id: string
  readonly match: PaletteMatch<IconEntry>
  readonly isFirstOfGroup: boolean
  readonly isActive: boolean
  readonly onHover: () => void
  readonly onRun: () => void
}

function Entry({ id, match: { entry, range }, isFirstOfGroup, isActive, onHover, onRun }: EntryProps) {
  const { icon: Icon, title, note, keys, group } = entry
  const element = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (isActive) element.current?.scrollIntoView({ block: 'nearest' })
  }, [isActive])
  const [start, end] = range ?? [0, 0]
  return (
    <>
      {isFirstOfGroup && (
        <p className={styles.group} role="presentation">
          {group}
        </p>
      )}
      <button
        ref={element}
        type="button"
        id={id}
        role="option"
        tabIndex={-1}
        aria-selected={isActive}
        className={styles.entry}
        onPointerMove={onHover}
        onClick={onRun}
      >
        <Icon size={16} strokeWidth={1.5} aria-hidden />
        <span className={styles.title}>
          {title.slice(0, start)}
          <mark className={styles.mark}>{title.slice(start, end)}</mark>
          {title.slice(end)}
        </span>
        {note !== undefined && <span className={styles.note}>{note}</span>}
        <span className={styles.keys}>
          {keys?.map((key) => (
            <Kbd key={key}>{key}</Kbd>
          ))}
        </span>
      </button>
    </>
  )
}
