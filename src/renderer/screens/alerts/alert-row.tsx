import { Link } from '@tanstack/react-router'
import { Check, OctagonAlert, TriangleAlert } from 'lucide-react'
import type { Alert } from '../../../shared/domain/alert.ts'
import { useUnchangeable } from '../../app/use-lacking.ts'
import { NotTold } from '../../app/use-untold.tsx'
import { Button } from '../../ui/button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { formatDuration } from '../../ui/format/duration.ts'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { ALERT_TITLES, describeMeasure } from './alert-words.ts'
import styles from './alerts.module.css'

interface AlertRowProps {
  readonly alert: Alert
  /** Not given in the history. */
  readonly onAcknowledge?: ((alert: Alert) => void) | undefined
}

/** One alert: how bad, what, since when, and whether somebody knows. */
export function AlertRow({ alert, onAcknowledge }: AlertRowProps) {
  const { type, severity, message, state, raisedAt, acknowledgedAt, clearedAt } = alert
  const unchangeable = useUnchangeable('alerts')
  const measure = describeMeasure(alert)
  const Icon = severity === 'critical' ? OctagonAlert : TriangleAlert
  return (
    <li className={styles.alert} data-state={state}>
      <span className={classNames(styles.severity, clearedAt === null && styles[severity])}>
        <Icon size={16} strokeWidth={1.5} aria-hidden />
        <span className="visually-hidden">{severity}:</span>
      </span>
      <div className={styles.what}>
        <p className={styles.title}>
          {ALERT_TITLES[type]} <span className={styles.word}>{severity}</span>
        </p>
        <p className={styles.message}>{message}</p>
        <p className={styles.note}>
          {measure ?? <NotTold />}
          <SubjectLink alert={alert} />
        </p>
      </div>
      <div className={styles.when}>
        <p>
          <RelativeTime at={raisedAt} verb="raised" />
        </p>
        {clearedAt === null ? (
          <p className={styles.note}>
            {acknowledgedAt === null ? (
              'Nobody has seen it'
            ) : (
              <RelativeTime at={acknowledgedAt} verb="seen" />
            )}
          </p>
        ) : (
          <p className={styles.note}>
            over after {formatDuration(clearedAt - raisedAt)}
            {acknowledgedAt === null && ', seen by nobody'}
          </p>
        )}
      </div>
      <div className={styles.do}>
        {onAcknowledge !== undefined && (
          <Button
            icon={Check}
            disabledReason={state === 'active' ? unchangeable : 'It has been acknowledged'}
            onClick={() => onAcknowledge(alert)}
            aria-label={`Acknowledge: ${message}`}
          >
            Acknowledge
          </Button>
        )}
      </div>
    </li>
  )
}

/** Where to look for the cause. */
function SubjectLink({ alert: { type, queue, workerId, name } }: { readonly alert: Alert }) {
  if (type === 'TASK_TIMEOUT' && queue !== null)
    return (
      <Link to="/tasks" search={{ queue, name: name ?? undefined, state: 'failed' }}>
        Show them
      </Link>
    )
  if (type === 'HIGH_QUEUE_DEPTH' && queue !== null)
    return (
      <Link to="/tasks" search={{ queue, state: 'pending', order: 'oldest' }}>
        Show what waits
      </Link>
    )
  if (type === 'HIGH_FAILURE_RATE')
    return (
      <Link to="/tasks" search={{ state: 'failed' }}>
        Show what failed
      </Link>
    )
  if (type === 'NO_ACTIVE_WORKERS' || workerId !== null)
    return (
      <Link to="/workers" search={{ open: workerId ?? undefined }}>
        Show the workers
      </Link>
    )
  return null
}
