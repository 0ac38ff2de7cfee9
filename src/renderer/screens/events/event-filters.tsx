import { ChevronDown, Search, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { Queue } from '../../../shared/domain/queue.ts'
import { useKeys } from '../../app/keys/use-keys.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Kbd } from '../../ui/kbd.tsx'
import { Menu, MenuCheck, MenuChoice, MenuItem, MenuSeparator } from '../../ui/menu.tsx'
import { describeTypes, EVENT_TYPE_GROUPS, switchGroup } from './event-type-groups.ts'
import styles from './event-filters.module.css'
import type { EventsSearch } from './events-search.ts'

/** A queue's name is never empty, so this stands for all of them. */
const ALL = ''
const TYPING_PAUSE_MS = 250

interface EventFiltersProps {
  readonly search: EventsSearch
  readonly onChange: (search: EventsSearch) => void
  readonly queues: readonly Queue[]
}

export function EventFilters({ search, onChange, queues }: EventFiltersProps) {
  const { types, queue } = search
  return (
    <div className={styles.filters} role="search">
      <SearchBox text={search.text ?? ''} onChange={(text) => onChange({ ...search, text })} />
      <Menu
        trigger={
          <Button>
            {describeTypes(types)}
            <ChevronDown size={14} strokeWidth={1.75} aria-hidden />
          </Button>
        }
      >
        <MenuItem onSelect={() => onChange({ ...search, types: undefined })}>All events</MenuItem>
        <MenuSeparator />
        {EVENT_TYPE_GROUPS.map((group) => (
          <MenuCheck
            key={group.title}
            isChecked={types !== undefined && group.types.every((type) => types.includes(type))}
            onChange={(isOn) => onChange({ ...search, types: switchGroup(types, group, isOn) })}
          >
            {group.title}
          </MenuCheck>
        ))}
      </Menu>
      <Menu
        trigger={
          <Button>
            <span className="truncate">{queue ?? 'All queues'}</span>
            <ChevronDown size={14} strokeWidth={1.75} aria-hidden />
          </Button>
        }
      >
        <MenuChoice
          label="Queue"
          choices={[
            { value: ALL, label: 'All queues' },
            ...queues.map(({ name }) => ({ value: name, label: name })),
          ]}
          value={queue ?? ALL}
          onChange={(next) => onChange({ ...search, queue: next === ALL ? undefined : next })}
        />
      </Menu>
    </div>
  )
}

interface SearchBoxProps {
  readonly text: string
  readonly onChange: (text: string | undefined) => void
}

/** Waits for a pause in typing: each text is a new stream. */
function SearchBox({ text, onChange }: SearchBoxProps) {
  const input = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState(text)
  const lastSent = useRef(text)
  const latestOnChange = useRef(onChange)
  useEffect(() => {
    latestOnChange.current = onChange
  })
  useEffect(() => {
    if (text === lastSent.current) return
    // The address changed from elsewhere: a link, the way back.
    lastSent.current = text
    setTyped(text)
  }, [text])
  useEffect(() => {
    const wanted = typed.trim()
    if (wanted === lastSent.current) return
    const timer = setTimeout(() => {
      lastSent.current = wanted
      latestOnChange.current(wanted || undefined)
    }, TYPING_PAUSE_MS)
    return () => clearTimeout(timer)
  }, [typed])
  const focus = () => input.current?.focus()
  useKeys({ '/': focus, 'mod+f': focus })
  return (
    <div className={styles.search}>
      <Search size={14} strokeWidth={1.75} aria-hidden />
      <input
        ref={input}
        className={styles.input}
        aria-label="Search events"
        placeholder="Task, id, error, worker"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          event.preventDefault()
          setTyped('')
          event.currentTarget.blur()
        }}
        spellCheck={false}
        autoComplete="off"
      />
      {typed === '' ? (
        <Kbd>/</Kbd>
      ) : (
        <IconButton icon={X} size="small" label="Clear the search" onClick={() => setTyped('')} />
      )}
    </div>
  )
}
