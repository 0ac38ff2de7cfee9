import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { UpdateState } from '../../../shared/contract/update-calls.ts'
import type { DesktopClient } from '../../app/desktop/desktop-client.ts'
import { describeFailure } from '../../app/failure.ts'
import { Button } from '../../ui/button.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { showToast } from '../../ui/toast/toast-store.ts'
import { describeUpdates } from './describe-updates.ts'
import { Setting } from './setting.tsx'
import styles from './settings.module.css'

const KEY = ['desktop', 'updates']
/** While something is under way; it is in the same computer. */
const LOOK_AGAIN_MS = 1000
const isUnderWay = (state: UpdateState | undefined) =>
  state?.kind === 'checking' || state?.kind === 'downloading'

/** Newer versions of the desktop app: whether it looks, what it found, the restart. */
export function UpdatesSetting({ client }: { readonly client: DesktopClient }) {
  const queryClient = useQueryClient()
  const { data: state } = useQuery({
    queryKey: KEY,
    queryFn: () => client.updates.get(),
    refetchOnWindowFocus: 'always',
    refetchInterval: ({ state: { data } }) => (isUnderWay(data) ? LOOK_AGAIN_MS : false),
  })
  const onError = (error: unknown) => showToast({ tone: 'failure', message: describeFailure(error).message })
  const check = useMutation({
    mutationFn: () => client.updates.check(),
    onSuccess: (found) => queryClient.setQueryData(KEY, found),
    onError,
  })
  const restart = useMutation({ mutationFn: () => client.updates.restart(), onError })
  if (state === undefined) return null

  const { status, note, action } = describeUpdates(state)
  return (
    <Setting label="Newer versions" note={note}>
      <span className={styles.line}>
        <span role="status">{status}</span>{' '}
        {state.kind === 'current' && state.checkedAt !== null && <RelativeTime at={state.checkedAt} />}{' '}
        {action !== null && (
          <Button
            size="small"
            isBusy={check.isPending || restart.isPending}
            onClick={() => (action.kind === 'check' ? check.mutate() : restart.mutate())}
          >
            {action.label}
          </Button>
        )}
      </span>
    </Setting>
  )
}
