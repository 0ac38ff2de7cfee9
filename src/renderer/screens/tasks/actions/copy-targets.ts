import { useBroker } from '../../../app/broker-connection.tsx'
import { useConnections } from '../../../app/connections/use-connections.ts'

/** Stands for the broker of this program; no connection can have this name. */
export const OWN_TARGET = '@own'

/** The brokers that a task can be run on besides the one that is shown. */
export function useCopyTargets(): readonly { readonly value: string; readonly label: string }[] {
  const { connection } = useBroker()
  const { data } = useConnections()
  const others = (data?.connections ?? [])
    .filter(({ name, isReadOnly }) => name !== connection && !isReadOnly)
    .map(({ name }) => ({ value: name, label: name }))
  return connection === null ? others : [{ value: OWN_TARGET, label: 'Local broker' }, ...others]
}

/** Why there is none, in a few words; null when there is one. */
export function useNowhereElse(): string | null {
  return useCopyTargets().length === 0 ? 'add a connection first' : null
}
