import { Lock } from 'lucide-react'
import styles from './connection-mark.module.css'
import { useShownConnection } from './use-connections.ts'

/** Over every page of a broker elsewhere: which one it is, in its colour, and whether anything can be changed. */
export function ConnectionMark() {
  const connection = useShownConnection()
  if (connection == null) return null
  const { name, colour, isReadOnly, address } = connection
  return (
    <aside className={styles.mark} data-colour={colour} aria-label="Shown broker">
      {isReadOnly && <Lock size={12} strokeWidth={2} aria-hidden />}
      <strong className={styles.name}>{name}</strong>
      <span className={styles.note}>
        {isReadOnly ? 'read-only: nothing is changed through this connection' : address}
      </span>
    </aside>
  )
}
