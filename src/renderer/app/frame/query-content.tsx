import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { FailureState } from '../../ui/failure-state.tsx'
import { describeFailure } from '../failure.ts'
import styles from './query-content.module.css'

interface QueryContentProps<Data> {
  readonly query: Pick<UseQueryResult<Data>, 'data' | 'error' | 'refetch'>
  /** What is read, in the plural: "schedules". */
  readonly what: string
  readonly children: (data: Data) => ReactNode
}

/**
 * What was read, for as long as there is any: a failure later leaves the last answer on screen, and the
 * health pill tells its age. Before the first answer nothing is shown, as it comes before it would be seen.
 */
export function QueryContent<Data>({ query, what, children }: QueryContentProps<Data>) {
  if (query.data !== undefined) return children(query.data)
  if (query.error === null) return <div role="group" aria-busy="true" aria-label={`Reading the ${what}`} />
  const { code, message } = describeFailure(query.error)
  // Nothing has failed: this broker has no such thing.
  if (code === 'NOT_SUPPORTED') return <p className={styles.lacking}>{message}</p>
  return (
    <FailureState
      title={`The ${what} could not be read.`}
      detail={message}
      onRetry={() => void query.refetch()}
    />
  )
}
