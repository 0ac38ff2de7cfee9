import { Link } from '@tanstack/react-router'
import type { Queue } from '../../../shared/domain/queue.ts'
import { TASK_STATES } from '../../../shared/domain/state.ts'
import { NotTold, useIsCountTold, useUntold } from '../../app/use-untold.tsx'
import { StateBar } from '../../charts/state-bar.tsx'
import { countUnfinished, UNFINISHED_BAR_ORDER } from '../../charts/unfinished.ts'
import { countOf, formatCount } from '../../ui/format/count.ts'
import { Panel } from '../../ui/panel.tsx'
import { StateSwatch } from '../../ui/state/state-pill.tsx'
import { STATE_LOOKS } from '../../ui/state/task-state.ts'
import { describeSettings } from './queue-words.ts'
import styles from './queues.module.css'

/** How many tasks of a queue are in each state; a click shows them. */
export function QueueStatesPanel({ queue: { name, counts } }: { readonly queue: Queue }) {
  const isCountTold = useIsCountTold()
  const untold = useUntold('counts')
  const isSumTold = !UNFINISHED_BAR_ORDER.some((state) => untold.includes(state))
  return (
    <Panel title="By state" note={isSumTold ? `${formatCount(countUnfinished(counts))} unfinished` : null}>
      <div className={styles.states}>
        <StateBar counts={counts} label={name} />
        {TASK_STATES.map((state) => (
          <Link
            key={state}
            to="/tasks"
            search={{ queue: name, state }}
            className={styles.state}
            title={isCountTold(state) ? countOf(counts[state], 'task') : undefined}
          >
            <StateSwatch state={state} /> {STATE_LOOKS[state].word}{' '}
            <b>{isCountTold(state) ? formatCount(counts[state]) : <NotTold />}</b>
          </Link>
        ))}
      </div>
    </Panel>
  )
}

/** What a queue allows, its own settings apart from what holds anyway. */
export function QueueSettingsPanel({ queue: { settings } }: { readonly queue: Queue }) {
  const untold = useUntold('queue')
  if (untold.includes('settings'))
    return (
      <Panel title="Settings">
        <p className={styles.nothing}>Not told by this server.</p>
      </Panel>
    )
  const lines = describeSettings(settings)
  const own = lines.filter(({ isDefault }) => !isDefault).length
  return (
    <Panel title="Settings" note={own === 0 ? 'as everywhere' : `${own} of its own`}>
      <dl className={styles.settings}>
        {lines.map(({ label, value, isDefault }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd data-default={isDefault}>{value}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  )
}
