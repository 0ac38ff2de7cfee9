import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Sparkline } from '../../charts/sparkline.tsx'
import styles from './stat-tiles.module.css'
import type { Tile, TileId } from './tiles.ts'

export interface TileLine {
  readonly values: readonly number[]
  readonly title: string
}

interface StatTilesProps {
  readonly tiles: readonly Tile[]
  readonly lines: Readonly<Partial<Record<TileId, TileLine>>>
  readonly queue: string | undefined
  /** What stands under the tiles, in the same panel. */
  readonly children?: ReactNode
}

const LINE_COLOURS: Partial<Record<TileId, string>> = {
  failed: 'var(--state-failed)',
  dead: 'var(--state-dead)',
}

/** Which tasks a figure counts, where that is a list of its own. */
const STATE_OF_TILE = { pending: 'pending', running: 'running', failed: 'failed', dead: 'failed' } as const

/** Six figures in one panel. */
export function StatTiles({ tiles, lines, queue, children }: StatTilesProps) {
  return (
    <section className={styles.panel} aria-label="Figures">
      <dl className={styles.tiles}>
        {tiles.map((tile) => (
          <StatTile key={tile.id} tile={tile} line={lines[tile.id]} queue={queue} />
        ))}
      </dl>
      {children}
    </section>
  )
}

interface StatTileProps {
  readonly tile: Tile
  readonly line: TileLine | undefined
  readonly queue: string | undefined
}

function StatTile({ tile: { id, label, value, meaning }, line, queue }: StatTileProps) {
  const isNothing = value === '0' || value === '–'
  const state = id === 'processed' || id === 'success' ? null : STATE_OF_TILE[id]
  return (
    <div className={styles.tile}>
      <dt className={styles.label}>
        {state === null ? (
          label
        ) : (
          <Link to="/tasks" search={{ state, queue }} className={styles.link}>
            {label}
          </Link>
        )}
      </dt>
      <dd className={styles.figure}>
        <span className={styles.value} data-nothing={isNothing}>
          {value}
        </span>
        {line !== undefined && (
          <span className={styles.line}>
            <Sparkline
              values={line.values}
              title={line.title}
              colour={(isNothing ? undefined : LINE_COLOURS[id]) ?? 'var(--chart-p50)'}
            />
          </span>
        )}
      </dd>
      <dd className={styles.meaning} title={meaning}>
        {meaning}
      </dd>
    </div>
  )
}
