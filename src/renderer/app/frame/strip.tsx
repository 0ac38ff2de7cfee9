import { Plus } from 'lucide-react'
import type { ReactNode } from 'react'
import { setPaused, useIsPaused } from '../../live/live-mode.ts'
import { Button } from '../../ui/button.tsx'
import { Switch } from '../../ui/switch.tsx'
import { overlay } from '../overlay-store.ts'
import { useLacking } from '../use-lacking.ts'
import { HealthPill } from './health-pill.tsx'
import styles from './strip.module.css'

interface StripProps {
  readonly title: string
  readonly filters?: ReactNode
}

/** The top edge of a page: its title and filters, and what is the same on all of them. */
export function Strip({ title, filters }: StripProps) {
  const isPaused = useIsPaused()
  const lacksSubmit = useLacking('submit')
  return (
    <header className={styles.strip}>
      <h1 className={styles.title}>{title}</h1>
      <div className={styles.filters}>{filters}</div>
      <div className={styles.live}>
        <Switch label={isPaused ? 'Paused' : 'Live'} isOn={!isPaused} onChange={(isOn) => setPaused(!isOn)} />
      </div>
      <HealthPill />
      <Button
        icon={Plus}
        disabledReason={lacksSubmit}
        onClick={() => overlay.openSubmit()}
        className={styles.submit}
        aria-label="Submit task"
      >
        <span className={styles.submitWord}>
          Submit<span className={styles.submitWhat}> task</span>
        </span>
      </Button>
    </header>
  )
}
