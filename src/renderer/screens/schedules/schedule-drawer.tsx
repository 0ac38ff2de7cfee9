import { Link } from '@tanstack/react-router'
import { Pause, Pencil, Play, Trash2, Zap } from 'lucide-react'
import type { Schedule } from '../../../shared/domain/schedule.ts'
import { QueryContent } from '../../app/frame/query-content.tsx'
import { useUnchangeable } from '../../app/use-lacking.ts'
import { Button } from '../../ui/button.tsx'
import { Drawer } from '../../ui/drawer.tsx'
import { countOf } from '../../ui/format/count.ts'
import { formatInstant } from '../../ui/format/instant.ts'
import { JsonView } from '../../ui/json/json-view.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { NextFires, useNextFires } from './next-fires.tsx'
import { ScheduleStatus } from './schedule-status.tsx'
import styles from './schedules.module.css'
import { describeTiming } from './timing-words.ts'
import type { ScheduleActions } from './use-schedule-actions.ts'
import { useSchedule } from './use-schedules.ts'

interface ScheduleDrawerProps {
  readonly id: string
  readonly actions: ScheduleActions
  readonly onEdit: (schedule: Schedule) => void
  readonly onDelete: (schedule: Schedule) => void
  readonly onClose: () => void
}

/** One schedule: when it fires next, what came of it last, what it submits. */
export function ScheduleDrawer({ id, onClose, ...rest }: ScheduleDrawerProps) {
  const query = useSchedule(id)
  const name = query.data?.name ?? 'Schedule'
  return (
    <Drawer
      label={`Schedule ${name}`}
      header={
        <>
          {query.data !== undefined && <ScheduleStatus schedule={query.data} />}
          <h2 className="truncate" title={name}>
            {name}
          </h2>
        </>
      }
      onClose={onClose}
    >
      <QueryContent query={query} what="details of this schedule">
        {(schedule) => <Details schedule={schedule} {...rest} />}
      </QueryContent>
    </Drawer>
  )
}

interface DetailsProps extends Omit<ScheduleDrawerProps, 'id' | 'onClose'> {
  readonly schedule: Schedule
}

function Details({ schedule, actions, onEdit, onDelete }: DetailsProps) {
  const { timing, task, isPaused, missed, lastError } = schedule
  const unchangeable = useUnchangeable('schedules')
  const { fires } = useNextFires(isPaused ? null : timing)
  return (
    <>
      <div className={styles.actions}>
        <Button icon={Zap} disabledReason={unchangeable} onClick={() => void actions.runNow(schedule)}>
          Run now
        </Button>
        <Button
          icon={isPaused ? Play : Pause}
          disabledReason={unchangeable}
          onClick={() => void actions.setPaused(schedule, !isPaused)}
        >
          {isPaused ? 'Resume' : 'Pause'}
        </Button>
        <Button icon={Pencil} disabledReason={unchangeable} onClick={() => onEdit(schedule)}>
          Edit…
        </Button>
        <Button
          icon={Trash2}
          variant="danger"
          disabledReason={unchangeable}
          onClick={() => onDelete(schedule)}
        >
          Delete…
        </Button>
      </div>
      <div className={styles.parts}>
        {lastError !== null && (
          <p className={styles.error} role="status">
            <strong>{lastError.code}</strong> {lastError.message} <RelativeTime at={lastError.at} />
          </p>
        )}
        <section aria-label="When">
          <h3 className={styles.part}>{describeTiming(timing)}</h3>
          {timing.kind === 'cron' && (
            <p className={styles.quiet}>
              <code>{timing.expression}</code> in {timing.timeZone}
            </p>
          )}
          {isPaused ? (
            <p className={styles.none}>Paused: it does not fire, and nothing is made up for later.</p>
          ) : (
            <NextFires fires={fires} timeZone={timing.kind === 'cron' ? timing.timeZone : null} />
          )}
          <p className={styles.quiet}>
            {missed === 'once'
              ? 'Fires missed while Penstock was closed are made up for by one task.'
              : 'Fires missed while Penstock was closed are forgotten.'}
          </p>
        </section>
        <section aria-label="So far">
          <h3 className={styles.part}>So far</h3>
          <dl className={styles.facts}>
            <dt>Tasks</dt>
            <dd>{countOf(schedule.fires, 'task')} submitted</dd>
            <dt>Last</dt>
            <dd>
              {schedule.lastFireAt === null ? (
                'It has not fired yet'
              ) : (
                <>
                  <RelativeTime at={schedule.lastFireAt} />
                  {schedule.lastTaskId !== null && (
                    <>
                      {' · '}
                      <Link to="/tasks" search={{ task: schedule.lastTaskId }}>
                        Open its task
                      </Link>
                    </>
                  )}
                </>
              )}
            </dd>
            <dt>Made</dt>
            <dd>{formatInstant(schedule.createdAt)}</dd>
          </dl>
        </section>
        <section aria-label="Task">
          <h3 className={styles.part}>What it submits</h3>
          <dl className={styles.facts}>
            <dt>Handler</dt>
            <dd className="mono">{task.name}</dd>
            <dt>Queue</dt>
            <dd>{task.queue ?? 'default'}</dd>
            {task.priority !== undefined && (
              <>
                <dt>Priority</dt>
                <dd>{task.priority}</dd>
              </>
            )}
            {task.maxRetries !== undefined && (
              <>
                <dt>Retries</dt>
                <dd>{task.maxRetries}</dd>
              </>
            )}
          </dl>
          {task.args !== undefined && <JsonView label="Input, args" json={task.args} />}
          {task.kwargs !== undefined && <JsonView label="Input, kwargs" json={task.kwargs} />}
        </section>
      </div>
    </>
  )
}
