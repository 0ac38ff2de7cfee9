import { Braces, ChevronsUpDown, Settings } from 'lucide-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useStore } from 'zustand'
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuSeparator } from '../../ui/menu.tsx'
import { useBroker } from '../broker-connection.tsx'
import styles from './connection-menu.module.css'
import { Logo } from './logo.tsx'

const WORD_OF_STATUS = { connecting: 'connecting', live: 'connected', lost: 'reconnecting' } as const

/** Which broker the window shows. There is one so far: the local one. */
export function ConnectionMenu() {
  const { id, queries, live } = useBroker()
  const navigate = useNavigate()
  const { data: status } = useQuery(queries.system.status.queryOptions({ staleTime: 60_000 }))
  const connection = useStore(live.store, (state) => state.connection.status)
  const name = status?.brokerName ?? 'Local broker'
  const address = status?.listeners[0]?.address.replace(/^https?:\/\//, '') ?? 'this computer'
  return (
    <Menu
      trigger={
        <button
          type="button"
          className={styles.trigger}
          aria-label={`Broker: ${name}, ${WORD_OF_STATUS[connection]}`}
        >
          <Logo />
          <span className={styles.name}>{name}</span>
          <span className={styles.dot} data-connection={connection} />
          <ChevronsUpDown size={14} strokeWidth={1.75} className={styles.arrows} aria-hidden />
        </button>
      }
    >
      <MenuLabel>Brokers</MenuLabel>
      <MenuChoice
        label="Broker"
        choices={[{ value: id, label: name, hint: address }]}
        value={id}
        onChange={() => {}}
      />
      <MenuSeparator />
      <MenuItem icon={Braces} onSelect={() => void navigate({ to: '/api' })}>
        How programs reach it
      </MenuItem>
      <MenuItem icon={Settings} onSelect={() => void navigate({ to: '/settings' })}>
        Its folders and settings
      </MenuItem>
    </Menu>
  )
}
