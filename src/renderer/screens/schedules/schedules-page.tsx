import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { CalendarClock, Plus } from 'lucide-react'
import { useState, type ReactElement } from 'react'
import type { Schedule, ScheduleSummary } from '../../../shared/domain/schedule.ts'
import { useBroker } from '../../app/broker-connection.tsx'
import { FreshnessNote } from '../../app/frame/freshness-note.tsx'
import { Page } from '../../app/frame/page.tsx'
import { QueryContent } from '../../app/frame/query-content.tsx'
import { useUnchangeable } from '../../app/use-lacking.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { DrawerLayout } from '../../ui/drawer.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { countOf, formatCount } from '../../ui/format/count.ts'
import { showToast } from '../../ui/toast/toast-store.ts'
import { describeFailure } from '../../app/failure.ts'
import { ScheduleDrawer } from './schedule-drawer.tsx'
import { ScheduleForm } from './schedule-form.tsx'
import { ScheduleTable } from './schedule-table.tsx'
import styles from './schedules.module.css'
import { useScheduleActions } from './use-schedule-actions.ts'
import { useSchedules } from './use-schedules.ts'

const route = getRouteApi('/schedules')

/** What is submitted by the clock. */
export function SchedulesPage(): ReactElement {
  const { client, queries } = useBroker()
  const queryClient = useQueryClient()
  const { open: openId = null } = route.useSearch()
  const navigate = useNavigate({ from: '/schedules' })
  const schedules = useSchedules()
  const actions = useScheduleActions()
  const lacking = useUnchangeable('schedules')
  // `new` is the form for one that is not there yet.
  const [edited, setEdited] = useState<Schedule | 'new' | null>(null)
  const [doomed, setDoomed] = useState<ScheduleSummary | null>(null)
  const open = (id: string | undefined) => void navigate({ search: { open: id }, replace: openId !== null })

  const edit = async ({ id }: ScheduleSummary) => {
    try {
      // The list does not carry inputs.
      const schedule = await client.schedules.get({ id })
      queryClient.setQueryData(queries.schedules.get.queryKey({ input: { id } }), schedule)
      setEdited(schedule)
    } catch (error) {
      showToast({ tone: 'failure', message: describeFailure(error).message })
    }
  }
  const remove = (schedule: ScheduleSummary) => {
    setDoomed(null)
    actions.remove(schedule, () => schedule.id === openId && open(undefined))
  }
  const newButton = (
    <Button icon={Plus} disabledReason={lacking} onClick={() => setEdited('new')}>
      New schedule…
    </Button>
  )

  return (
    <Page title="Schedules" layout="fill" filters={newButton}>
      <DrawerLayout>
        <div className={styles.list}>
          <QueryContent query={schedules} what="schedules">
            {({ schedules: rows, next }) =>
              rows.length === 0 ? (
                <EmptyState icon={CalendarClock} title="Nothing runs by the clock yet" actions={newButton}>
                  A schedule submits a task at certain times, or again and again. It goes on for as long as
                  Penstock runs, and can make up for what it missed.
                </EmptyState>
              ) : (
                <>
                  <div className={styles.scroller}>
                    <ScheduleTable
                      schedules={rows}
                      openId={openId}
                      actions={actions}
                      onOpen={open}
                      onEdit={(schedule) => void edit(schedule)}
                      onDelete={setDoomed}
                    />
                  </div>
                  <footer className={styles.foot}>
                    <span>
                      {next === null
                        ? countOf(rows.length, 'schedule')
                        : `The first ${formatCount(rows.length)} schedules`}
                    </span>
                    <FreshnessNote />
                  </footer>
                </>
              )
            }
          </QueryContent>
        </div>
        {openId !== null && (
          <ScheduleDrawer
            key={openId}
            id={openId}
            actions={actions}
            onEdit={setEdited}
            onDelete={setDoomed}
            onClose={() => open(undefined)}
          />
        )}
      </DrawerLayout>
      {edited !== null && (
        <ScheduleForm
          before={edited === 'new' ? null : edited}
          onClose={() => setEdited(null)}
          onDone={(id) => {
            setEdited(null)
            open(id)
          }}
        />
      )}
      {doomed !== null && (
        <ConfirmDialog
          title={`Delete ${doomed.name}?`}
          action="Delete schedule"
          isOpen
          onConfirm={() => remove(doomed)}
          onClose={() => setDoomed(null)}
        >
          It fires no more. {formatCount(doomed.fires)} of its tasks were submitted so far; they stay. To stop
          it for a while only, pause it.
        </ConfirmDialog>
      )}
    </Page>
  )
}
