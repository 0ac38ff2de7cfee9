import { useNavigate } from '@tanstack/react-router'
import { HousePlug, Plus } from 'lucide-react'
import { useBroker } from '../broker-connection.tsx'
import { connectionQuestions } from '../connections/connection-questions.ts'
import { describeState } from '../connections/connection-words.ts'
import { shownBroker } from '../connections/shown-broker.ts'
import { useConnections } from '../connections/use-connections.ts'
import type { IconEntry } from './palette-entries.ts'

/** The brokers that can be switched to, and adding one. */
export function useConnectionEntries(): readonly IconEntry[] {
  const { connection: shown } = useBroker()
  const navigate = useNavigate()
  const { data } = useConnections()
  const show = (name: string | null) => {
    void navigate({ to: '.', search: {} })
    shownBroker.show(name)
  }
  const own: IconEntry = {
    id: 'broker:own',
    group: 'Actions',
    title: 'Switch to the local broker',
    icon: HousePlug,
    run: () => show(null),
  }
  const others = (data?.connections ?? [])
    .filter(({ name }) => name !== shown)
    .map(({ name, state }): IconEntry => ({
      id: `broker:${name}`,
      group: 'Actions',
      title: `Switch to ${name}`,
      note: describeState(state).word,
      icon: HousePlug,
      run: () => show(name),
    }))
  return [
    ...(shown === null ? [] : [own]),
    ...others,
    {
      id: 'broker:add',
      group: 'Actions',
      title: 'Add a connection…',
      keywords: 'attach remote server broker',
      icon: Plus,
      run: connectionQuestions.add,
    },
  ]
}
