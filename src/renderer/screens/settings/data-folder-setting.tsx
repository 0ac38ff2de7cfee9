import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { CircleCheck, RotateCcw, TriangleAlert } from 'lucide-react'
import type { DataFolderState } from '../../../shared/contract/desktop-contract.ts'
import type { MoveOutcome } from '../../../shared/domain/data-move.ts'
import type { DesktopClient } from '../../app/desktop/desktop-client.ts'
import { describeFailure } from '../../app/failure.ts'
import { Button } from '../../ui/button.tsx'
import { countOf } from '../../ui/format/count.ts'
import { showToast } from '../../ui/toast/toast-store.ts'
import { Setting } from './setting.tsx'
import styles from './settings.module.css'

const KEY = ['desktop', 'data-folder']

/** Where the local broker's data are: what became of a move, the one that is asked for, another one. */
export function DataFolderSetting({ client }: { readonly client: DesktopClient }) {
  const queryClient = useQueryClient()
  const { data: state } = useQuery({ queryKey: KEY, queryFn: () => client.dataFolder.get() })
  const onError = (error: unknown) => showToast({ tone: 'failure', message: describeFailure(error).message })
  const change = useMutation({
    mutationFn: (ask: () => Promise<DataFolderState>) => ask(),
    onSuccess: (changed) => queryClient.setQueryData(KEY, changed),
    onError,
  })
  const restart = useMutation({ mutationFn: () => client.restart(), onError })
  if (state === undefined) return null
  const { folder, askedMove, moved } = state
  return (
    <>
      {moved !== null && <Outcome moved={moved} />}
      <Setting
        label="Data folder"
        note="Everything the local broker keeps; it can be moved, also to another disk"
      >
        <span className={styles.folder}>
          <code>{folder}</code>
        </span>
        <Button isBusy={change.isPending} onClick={() => change.mutate(() => client.dataFolder.askMove())}>
          Move…
        </Button>
      </Setting>
      {askedMove !== null && (
        <Setting label="At the next start" note="Running tasks are stopped in order, and go on from there">
          <span>
            it is moved to <code>{askedMove}</code>
          </span>
          <Button onClick={() => change.mutate(() => client.dataFolder.withdrawMove())}>Do not</Button>
          <Button
            variant="primary"
            icon={RotateCcw}
            isBusy={restart.isPending}
            onClick={() => restart.mutate()}
          >
            Restart now
          </Button>
        </Setting>
      )}
    </>
  )
}

function Outcome({ moved }: { readonly moved: MoveOutcome }) {
  const isWell = moved.kind === 'moved' && moved.kept === 0
  const Icon = isWell ? CircleCheck : TriangleAlert
  return (
    <div className={styles.problem} data-look={isWell ? 'well' : 'ill'} role="status">
      <Icon size={16} strokeWidth={1.5} aria-hidden />
      <div>
        <p className={styles.label}>The data folder was {moved.kind === 'moved' ? 'moved' : 'not moved'}</p>
        <p className={styles.message}>{describe(moved)}</p>
      </div>
    </div>
  )
}

function describe(moved: MoveOutcome): string {
  if (moved.kind === 'failed') return moved.message
  const came = `It came from ${moved.from}, with ${countOf(moved.tasks, 'task')}.`
  if (moved.kept === 0) return came
  return `${came} Files that changed meanwhile, or could not be removed, are still there: ${moved.kept}.`
}
