import { Ellipsis, Pause, Pencil, Play, Trash2, Zap } from 'lucide-react'
import type { ScheduleSummary } from '../../../shared/domain/schedule.ts'
import { IconButton } from '../../ui/button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { formatCount } from '../../ui/format/count.ts'
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import table from '../../ui/table.module.css'
import { useUnchangeable } from '../../app/use-lacking.ts'
import { ScheduleStatus } from './schedule-status.tsx'
import styles from './schedules.module.css'
import { describeTiming } from './timing-words.ts'
import type { ScheduleActions } from './use-schedule-actions.ts'

interface ScheduleTableProps {
  readonly schedules: readonly ScheduleSummary[]
  readonly openId: string | null
  readonly actions: ScheduleActions
  readonly onOpen: (id: string) => void
  readonly onEdit: (schedule: ScheduleSummary) => void
  readonly onDelete: (schedule: ScheduleSummary) => void
}

/** One row a schedule, in the order they were made: nothing re-sorts when one fires. */
export function ScheduleTable({ schedules, openId, actions, onOpen, onEdit, onDelete }: ScheduleTableProps) {
  const unchangeable = useUnchangeable('schedules')
  return (
    <table className={classNames(table.table, styles.table)} aria-label="Schedules">
      <colgroup>
        <col className={styles.statusColumn} />
        <col />
        <col className={styles.timingColumn} />
        <col className={styles.timeColumn} />
        <col className={classNames(styles.timeColumn, styles.lastColumn)} />
        <col className={styles.countColumn} />
        <col className={styles.buttonsColumn} />
      </colgroup>
      <thead>
        <tr>
          <th className={table.head}>Status</th>
          <th className={table.head}>Schedule</th>
          <th className={classNames(table.head, styles.timingCell)}>When</th>
          <th className={classNames(table.head, table.numeric)}>Next</th>
          <th className={classNames(table.head, table.numeric, styles.lastCell)}>Last</th>
          <th className={classNames(table.head, table.numeric, styles.countCell)}>Fires</th>
          <th className={table.head}>
            <span className="visually-hidden">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {schedules.map((schedule) => (
          <tr
            key={schedule.id}
            className={classNames(table.row, styles.row)}
            data-open={schedule.id === openId || undefined}
            onClick={() => onOpen(schedule.id)}
          >
            <td className={table.cell}>
              <ScheduleStatus schedule={schedule} />
            </td>
            <td className={table.cell}>
              <button type="button" className={styles.name} title={schedule.name}>
                {schedule.name}
              </button>
              <span className={styles.note} title={schedule.taskName}>
                {schedule.taskName}
              </span>
            </td>
            <td className={classNames(table.cell, styles.timingCell)}>
              <Timing schedule={schedule} />
            </td>
            <td className={classNames(table.cell, table.numeric)}>
              {schedule.nextFireAt === null ? '–' : <RelativeTime at={schedule.nextFireAt} />}
            </td>
            <td className={classNames(table.cell, table.numeric, table.quiet, styles.lastCell)}>
              {schedule.lastFireAt === null ? 'never' : <RelativeTime at={schedule.lastFireAt} />}
            </td>
            <td className={classNames(table.cell, table.numeric, table.quiet, styles.countCell)}>
              {formatCount(schedule.fires)}
            </td>
            <td
              className={classNames(table.cell, styles.buttons)}
              onClick={(event) => event.stopPropagation()}
            >
              <IconButton
                icon={Zap}
                label={`Run ${schedule.name} now`}
                disabledReason={unchangeable}
                onClick={() => void actions.runNow(schedule)}
              />
              <IconButton
                icon={schedule.isPaused ? Play : Pause}
                label={`${schedule.isPaused ? 'Resume' : 'Pause'} ${schedule.name}`}
                disabledReason={unchangeable}
                onClick={() => void actions.setPaused(schedule, !schedule.isPaused)}
              />
              <Menu align="end" trigger={<IconButton icon={Ellipsis} label={`More for ${schedule.name}`} />}>
                <MenuItem icon={Pencil} disabledReason={unchangeable} onSelect={() => onEdit(schedule)}>
                  Edit…
                </MenuItem>
                <MenuSeparator />
                <MenuItem
                  icon={Trash2}
                  isDanger
                  disabledReason={unchangeable}
                  onSelect={() => onDelete(schedule)}
                >
                  Delete…
                </MenuItem>
              </Menu>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Timing({ schedule: { timing } }: { readonly schedule: ScheduleSummary }) {
  const words = describeTiming(timing)
  return (
    <>
      <span className={styles.words} title={words}>
        {words}
      </span>
      <span className={styles.note}>
        {timing.kind === 'cron' ? (
          <>
            <code>{timing.expression}</code> {timing.timeZone}
          </>
        ) : (
          'interval'
        )}
      </span>
    </>
  )
}
