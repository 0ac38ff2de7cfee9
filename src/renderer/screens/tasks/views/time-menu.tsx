import { CalendarClock } from 'lucide-react'
import { useState } from 'react'
import { Button, IconButton } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { TextInput } from '../../../ui/field.tsx'
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '../../../ui/menu.tsx'
import { TIME_PRESETS } from '../filter/suggestions.ts'
import { boundsOf, readTimeRange, writeTimeRange } from '../filter/time-range.ts'
import styles from './views.module.css'

interface TimeMenuProps {
  /** The filter as it is, see `readTimeRange`. */
  readonly value: string | undefined
  readonly onChange: (value: string | undefined) => void
}

/** When tasks were submitted: a few stretches of time, or any. */
export function TimeMenu({ value, onChange }: TimeMenuProps) {
  const [isAsking, setIsAsking] = useState(false)
  return (
    <>
      <Menu
        trigger={<IconButton icon={CalendarClock} variant="default" label="When submitted" />}
        align="end"
      >
        <MenuLabel>Submitted</MenuLabel>
        <MenuItem hint={value === undefined ? 'shown' : undefined} onSelect={() => onChange(undefined)}>
          At any time
        </MenuItem>
        {TIME_PRESETS.map((preset) => (
          <MenuItem
            key={preset.value}
            hint={value === preset.value ? 'shown' : undefined}
            onSelect={() => onChange(preset.value)}
          >
            {preset.label}
          </MenuItem>
        ))}
        <MenuSeparator />
        <MenuItem onSelect={() => setIsAsking(true)}>From … to …</MenuItem>
      </Menu>
      {isAsking && (
        <TimesDialog
          value={value}
          onClose={() => setIsAsking(false)}
          onChange={(next) => {
            setIsAsking(false)
            onChange(next)
          }}
        />
      )}
    </>
  )
}

interface TimesDialogProps {
  readonly value: string | undefined
  readonly onChange: (value: string) => void
  readonly onClose: () => void
}

function TimesDialog({ value, onChange, onClose }: TimesDialogProps) {
  const [start] = useState(() => {
    const range = value === undefined ? null : readTimeRange(value)
    const { after, before } =
      range === null ? ({} as ReturnType<typeof boundsOf>) : boundsOf(range, Date.now())
    return { from: localText(after), to: localText(before) }
  })
  const [from, setFrom] = useState(start.from)
  const [to, setTo] = useState(start.to)
  const [isTried, setIsTried] = useState(false)
  const range = readTimeRange(`${from}..${to}`)
  const problem =
    from === '' && to === '' ? 'Say from when, up to when, or both.' : 'The end is before the start.'
  const take = () => {
    setIsTried(true)
    if (range !== null) onChange(writeTimeRange(range))
  }
  return (
    <Dialog
      title="Submitted from … to …"
      description="In your own time zone. Either end can be left open."
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" onClick={take}>
            Show
          </Button>
        </>
      }
    >
      <form
        className={styles.times}
        onSubmit={(event) => {
          event.preventDefault()
          take()
        }}
      >
        <TextInput label="From" type="datetime-local" value={from} onChange={setFrom} />
        <TextInput
          label="To"
          type="datetime-local"
          value={to}
          onChange={setTo}
          problem={isTried && range === null ? problem : null}
        />
      </form>
    </Dialog>
  )
}

/** As `<input type="datetime-local">` has it, in the reader's time zone. */
function localText(at: number | undefined): string {
  if (at === undefined) return ''
  return new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
