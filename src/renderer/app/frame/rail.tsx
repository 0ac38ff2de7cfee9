import { Link } from '@tanstack/react-router'
import { Search } from 'lucide-react'
import { Kbd } from '../../ui/kbd.tsx'
import { Tooltip } from '../../ui/tooltip.tsx'
import { MOD_KEY } from '../keys/mod-key.ts'
import { overlay } from '../overlay-store.ts'
import { PAGES, type PageEntry } from '../pages.ts'
import { useLiveQuery } from '../../live/use-live-query.ts'
import { useBroker } from '../broker-connection.tsx'
import { useOpenAlerts } from '../use-open-alerts.ts'
import { ConnectionMenu } from './connection-menu.tsx'
import styles from './rail.module.css'
import { railBadges, type RailBadge } from './rail-badges.ts'
import { ThemeMenu } from './theme-menu.tsx'

const GROUPS = ['work', 'insight'] as const

/** The left edge: which broker, where to go. Icons only in a narrow window. */
export function Rail() {
  const { queries, live } = useBroker()
  const { data: overview } = useLiveQuery({ live, query: queries.overview.queryOptions(), everyMs: 1000 })
  const { data: alerts } = useOpenAlerts()
  const badges = railBadges(overview, alerts ?? [])
  return (
    <nav className={styles.rail} aria-label="Pages">
      <ConnectionMenu />
      <Tooltip text={`Go to… (${MOD_KEY} K)`} side="right">
        <button
          type="button"
          className={styles.goTo}
          aria-label={`Go to… ${MOD_KEY} K`}
          onClick={() => overlay.open('palette')}
        >
          <Search size={14} strokeWidth={1.75} aria-hidden />
          <span className={styles.word}>Go to…</span>
          <span className={styles.keys}>
            <Kbd>{`${MOD_KEY} K`}</Kbd>
          </span>
        </button>
      </Tooltip>
      {GROUPS.map((group) => (
        <ul key={group} className={styles.group}>
          {PAGES.filter((page) => page.group === group).map((page) => (
            <RailItem key={page.path} page={page} badge={badges[page.path]} />
          ))}
        </ul>
      ))}
      <div className={styles.foot}>
        <ul className={styles.group}>
          {PAGES.filter((page) => page.group === 'foot').map((page) => (
            <RailItem key={page.path} page={page} badge={badges[page.path]} />
          ))}
        </ul>
        <ThemeMenu />
      </div>
    </nav>
  )
}

interface RailItemProps {
  readonly page: PageEntry
  readonly badge: RailBadge | undefined
}

function RailItem({ page: { path, title, icon: Icon }, badge }: RailItemProps) {
  return (
    <li>
      <Link
        to={path}
        className={styles.item}
        activeOptions={{ exact: path === '/', includeSearch: false }}
        title={badge === undefined ? title : `${title}: ${badge.title}`}
      >
        <Icon size={16} strokeWidth={1.5} aria-hidden />
        <span className={styles.word}>{title}</span>
        {badge !== undefined && (
          <span className={styles.badge} data-tone={badge.tone}>
            <span aria-hidden>{badge.text}</span>
            <span className="visually-hidden">{badge.title}</span>
          </span>
        )}
      </Link>
    </li>
  )
}
