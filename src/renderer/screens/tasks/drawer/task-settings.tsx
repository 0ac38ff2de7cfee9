import type { ReactNode } from 'react'
import type { EpochMs } from '../../../../shared/domain/clock.ts'
import type { Task } from '../../../../shared/domain/task.ts'
import { NotTold, useUntold } from '../../../app/use-untold.tsx'
import { countOf, formatCount } from '../../../ui/format/count.ts'
import { formatDuration } from '../../../ui/format/duration.ts'
import { formatInstant } from '../../../ui/format/instant.ts'
import { Part } from './part.tsx'
import styles from './task-settings.module.css'

/** When things happened to the task, and the settings it runs under. */
export function TaskSettings({ task }: { readonly task: Task }) {
  const untold = useUntold('task')
  const isTold = (field: keyof Task) => !untold.includes(field)
  return (
    <Part title="Settings and times">
      <dl className={styles.facts}>
        <Fact name="Id">
          <span className="mono">{task.id}</span>
        </Fact>
        <Fact name="Number">{isTold('number') ? String(task.number) : <NotTold />}</Fact>
        <Fact name="Submitted">{isTold('createdAt') ? formatInstant(task.createdAt) : <NotTold />}</Fact>
        {isTold('runAt') && task.runAt !== task.createdAt && (
          <Fact name="Due">{formatInstant(task.runAt)}</Fact>
        )}
        <Instant name="Started" at={task.startedAt} />
        <Instant name="Finished" at={task.finishedAt} />
        <Fact name="Timeout">
          {isTold('timeoutMs') ? `${formatDuration(task.timeoutMs)} an attempt` : <NotTold />}
        </Fact>
        {task.queueTimeoutMs !== null && (
          <Fact name="Waits at most">{formatDuration(task.queueTimeoutMs)}</Fact>
        )}
        <Fact name="Retries">{isTold('maxRetries') ? retriesText(task) : <NotTold />}</Fact>
        {task.excusedAttempts > 0 && (
          <Fact name="Not counted">{countOf(task.excusedAttempts, 'attempt')}, lost or paused</Fact>
        )}
        {task.crashes > 0 && <Fact name="Crashes">took its worker down {countOf(task.crashes, 'time')}</Fact>}
        {task.uniqueKey !== null && <Fact name="Unique key">{task.uniqueKey}</Fact>}
        {task.idempotencyKey !== null && <Fact name="Idempotency key">{task.idempotencyKey}</Fact>}
      </dl>
    </Part>
  )
}

function retriesText({ maxRetries, backoff }: Task): string {
  if (maxRetries === 0) return 'none'
  const jitter = backoff.jitter === 'full' ? ', at random below that' : ''
  const factor = backoff.factor === 1 ? '' : `, then times ${backoff.factor}`
  return `${formatCount(maxRetries)}; waits ${formatDuration(backoff.baseMs)}${factor}, at most ${formatDuration(backoff.capMs)}${jitter}`
}

function Instant({ name, at }: { readonly name: string; readonly at: EpochMs | null }) {
  return at === null ? null : <Fact name={name}>{formatInstant(at)}</Fact>
}

const Fact = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <div className={styles.fact}>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)
