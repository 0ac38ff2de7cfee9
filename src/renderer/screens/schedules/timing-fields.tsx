import { useEffect, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Combobox } from '../../ui/combobox.tsx'
import { TextInput } from '../../ui/field.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { NextFires, useNextFires } from './next-fires.tsx'
import { readTiming, type ScheduleDraft } from './schedule-draft.ts'
import styles from './schedules.module.css'
import { describeTiming, INTERVAL_UNITS } from './timing-words.ts'

const KIND_CHOICES = [
  { value: 'cron', label: 'At certain times' },
  { value: 'interval', label: 'Again and again' },
] as const
const UNIT_CHOICES = INTERVAL_UNITS.map(({ value }) => ({ value, label: value }))

const PRESETS = [
  { label: 'Every 5 minutes', expression: '*/5 * * * *' },
  { label: 'Every hour', expression: '0 * * * *' },
  { label: 'Every day', expression: '0 9 * * *' },
  { label: 'Weekdays', expression: '0 9 * * 1-5' },
  { label: 'Mondays', expression: '0 9 * * 1' },
  { label: 'Monthly', expression: '0 9 1 * *' },
] as const

const TIME_ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone')].map((value) => ({ value }))

/** A pause in typing this long asks the broker what it thinks of it. */
const TYPING_PAUSE_MS = 250

interface TimingFieldsProps {
  readonly draft: ScheduleDraft
  readonly onChange: (fields: Partial<ScheduleDraft>) => void
  readonly problemOf: (field: 'expression' | 'timeZone' | 'every') => string | null
}

/** When a schedule fires, with what it comes to: in words, and as the next five instants. */
export function TimingFields({ draft, onChange, problemOf }: TimingFieldsProps) {
  const timing = readTiming(draft)
  const asked = useSettled(JSON.stringify(timing))
  const { fires, problem } = useNextFires(JSON.parse(asked) as typeof timing)
  const isZoneProblem = problem !== null && /time ?zone/i.test(problem)
  return (
    <>
      <div className={styles.wide}>
        <p className={styles.label}>It fires</p>
        <Segmented
          label="It fires"
          choices={KIND_CHOICES}
          value={draft.kind}
          onChange={(kind) => onChange({ kind })}
        />
      </div>
      {draft.kind === 'cron' ? (
        <>
          <TextInput
            label="Cron expression"
            value={draft.expression}
            onChange={(expression) => onChange({ expression })}
            isMono
            problem={problemOf('expression') ?? (isZoneProblem ? null : problem)}
            hint="minute hour day month weekday"
          />
          <Combobox
            label="Time zone"
            options={TIME_ZONES}
            value={draft.timeZone}
            onChange={(timeZone) => onChange({ timeZone })}
            problem={problemOf('timeZone') ?? (isZoneProblem ? problem : null)}
          />
          <div className={styles.presets} role="group" aria-label="Usual times">
            {PRESETS.map(({ label, expression }) => (
              <Button key={expression} size="small" onClick={() => onChange({ expression })}>
                {label}
              </Button>
            ))}
          </div>
        </>
      ) : (
        <>
          <TextInput
            label="Every"
            value={draft.every}
            onChange={(every) => onChange({ every })}
            inputMode="decimal"
            problem={problemOf('every') ?? problem}
          />
          <div>
            <p className={styles.label}>Unit</p>
            <Segmented
              label="Unit"
              choices={UNIT_CHOICES}
              value={draft.unit}
              onChange={(unit) => onChange({ unit })}
            />
          </div>
        </>
      )}
      <div className={styles.preview} role="status">
        <p className={styles.part}>{timing === null ? 'When?' : describeTiming(timing)}</p>
        <NextFires
          fires={problem === null ? fires : undefined}
          timeZone={draft.kind === 'cron' && problem === null ? draft.timeZone : null}
        />
      </div>
    </>
  )
}

/** A value once it has not changed for a moment. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), TYPING_PAUSE_MS)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}
