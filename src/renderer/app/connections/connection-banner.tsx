import { useMutation, useQueryClient } from '@tanstack/react-query'
import { RotateCw, Unplug } from 'lucide-react'
import { useStore } from 'zustand'
import type { AttachProblem } from '../../../shared/domain/connection.ts'
import { Button } from '../../ui/button.tsx'
import { formatAge } from '../../ui/format/duration.ts'
import { useNow } from '../../ui/now.ts'
import { useBroker } from '../broker-connection.tsx'
import styles from './connection-banner.module.css'
import { connectionQuestions } from './connection-questions.ts'
import { useOwnBroker } from './shown-broker.ts'
import { useShownConnection } from './use-connections.ts'

const TITLES: Readonly<Record<AttachProblem, string>> = {
  unreachable: 'is unreachable',
  refused: 'refuses',
  wrong_server: 'is another kind of server',
  too_old: 'is too old',
  too_new: 'is too new',
  bad_answer: 'answers what cannot be read',
  failing: 'is failing',
}

/** Over the pages of a broker elsewhere that is lost: why, how old what is shown is, and what can be done. */
export function ConnectionBanner() {
  const connection = useShownConnection()
  const { live } = useBroker()
  const { client } = useOwnBroker()
  const queryClient = useQueryClient()
  const lostSince = useStore(live.store, ({ connection: { status }, ...rest }) =>
    status === 'lost' && rest.refreshedAt !== null ? rest.refreshedAt : null,
  )
  const now = useNow()
  const retry = useMutation({
    mutationFn: (name: string) => client.connections.open({ name }),
    async onSettled() {
      live.wake()
      await queryClient.invalidateQueries()
    },
  })
  if (connection == null || connection.state.kind !== 'lost') return null
  const { name, state } = connection
  const wait = state.retryAt === null ? null : Math.ceil((state.retryAt - now) / 1000)
  return (
    <section className={styles.banner} aria-label="The shown broker is lost">
      <Unplug size={16} strokeWidth={1.5} aria-hidden />
      <div className={styles.text}>
        <p role="alert">
          <strong>
            {name} {TITLES[state.problem]}.
          </strong>{' '}
          {state.message}
        </p>
        <p className={styles.detail}>
          {ageText(now - (lostSince ?? state.since))}{' '}
          {wait === null
            ? 'It is not tried again by itself.'
            : wait > 0
              ? `It is tried again in ${wait} s.`
              : 'It is tried again now.'}
        </p>
      </div>
      <Button onClick={() => connectionQuestions.edit(connection)}>Edit…</Button>
      <Button icon={RotateCw} isBusy={retry.isPending} onClick={() => retry.mutate(name)}>
        Try again
      </Button>
    </section>
  )
}

function ageText(ms: number): string {
  const age = formatAge(ms)
  return age === 'now' ? 'Lost just now.' : `What is shown is as it was ${age} ago.`
}
