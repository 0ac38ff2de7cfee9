import { useQuery } from '@tanstack/react-query'
import { DEFAULT_RETENTION_COUNT, DEFAULT_RETENTION_MS } from '../../../shared/domain/queue-settings.ts'
import { useBroker } from '../../app/broker-connection.tsx'
import { countOf } from '../../ui/format/count.ts'
import { formatDuration } from '../../ui/format/duration.ts'
import { Panel } from '../../ui/panel.tsx'
import { Setting } from './setting.tsx'

/** How long finished tasks are kept: everywhere, and where a queue says otherwise. */
export function RetentionPanel() {
  const { queries } = useBroker()
  const { data: queues } = useQuery(queries.queues.list.queryOptions())
  const special = (queues ?? []).filter(
    ({ settings }) => settings.retentionMs !== null || settings.retentionCount !== null,
  )
  return (
    <Panel title="Retention">
      <Setting label="Finished tasks" note="Dead letters stay until somebody decides">
        {describe(DEFAULT_RETENTION_MS, DEFAULT_RETENTION_COUNT)}
      </Setting>
      {special.map(({ name, settings }) => (
        <Setting key={name} label={name} note="A queue’s own setting">
          {describe(
            settings.retentionMs ?? DEFAULT_RETENTION_MS,
            settings.retentionCount ?? DEFAULT_RETENTION_COUNT,
          )}
        </Setting>
      ))}
      <Setting label="Charts" note="By minute for two days, by hour and by day after that">
        31 days
      </Setting>
      <Setting label="Alerts" note="After they are over">
        30 days
      </Setting>
    </Panel>
  )
}

const describe = (ms: number, count: number) =>
  `${formatDuration(ms).replace(' d', ' days')}, at most ${countOf(count, 'task')} a queue`
