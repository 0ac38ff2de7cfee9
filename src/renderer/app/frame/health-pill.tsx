import { useStore } from 'zustand'
import { CopyButton } from '../../ui/copy-button.tsx'
import { formatAge } from '../../ui/format/duration.ts'
import { formatCount, formatShortCount } from '../../ui/format/count.ts'
import { useNow } from '../../ui/now.ts'
import { Tooltip } from '../../ui/tooltip.tsx'
import { useBroker } from '../broker-connection.tsx'
import { useHealth } from '../use-health.ts'
import { useStatus } from '../use-status.ts'
import styles from './health-pill.module.css'
import { describeHealth } from './health.ts'

/** Is it there, how busy is it, where is it. Each part has its own fixed width, so that nothing moves. */
export function HealthPill() {
  const { live } = useBroker()
  const connection = useStore(live.store, (state) => state.connection)
  const rate = useStore(live.store, (state) => Math.round(state.eventsPerSecond))
  const refreshedAt = useStore(live.store, (state) => state.refreshedAt)
  const { data: status } = useStatus()
  const { data: health } = useHealth()
  const { tone, word, detail } = describeHealth(connection, health)
  const address = status?.listeners[0]?.address
  return (
    <div className={styles.pill}>
      <Tooltip text={detail}>
        <span className={styles.state} data-tone={tone} role="status">
          <span className={styles.dot} aria-hidden />
          {word}
        </span>
      </Tooltip>
      <span className={styles.rate}>
        {connection.status === 'lost' ? (
          <LostFor since={connection.since} />
        ) : refreshedAt !== null ? (
          <RefreshedAgo at={refreshedAt} />
        ) : (
          `${rate < 10_000 ? formatCount(rate) : formatShortCount(rate)} events/s`
        )}
      </span>
      {address !== undefined && (
        <span className={styles.address}>
          <span className={styles.addressText}>{address.replace(/^https?:\/\//, '')}</span>
          <CopyButton text={address} what="the address" />
        </span>
      )}
    </div>
  )
}

/** Of a broker that tells no events: how old what is shown may be. */
function RefreshedAgo({ at }: { readonly at: number }) {
  const age = formatAge(useNow() - at)
  return (
    <Tooltip text="This broker tells no events, so it is asked every few seconds">
      <span>{age === 'now' ? 'refreshed now' : `${age} ago`}</span>
    </Tooltip>
  )
}

function LostFor({ since }: { readonly since: number }) {
  const age = formatAge(useNow() - since)
  return <span className={styles.lost}>last {age === 'now' ? 'just now' : `${age} ago`}</span>
}
