import { BookOpen, ExternalLink, FileJson } from 'lucide-react'
import type { ListenerInfo } from '../../../shared/contract/contract.ts'
import { Chip } from '../../ui/chip.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Panel } from '../../ui/panel.tsx'
import styles from './api.module.css'

const PAGES = [
  { path: '/docs', word: 'Try it out', icon: ExternalLink },
  { path: '/redoc', word: 'Read it', icon: BookOpen },
  { path: '/openapi.json', word: 'OpenAPI', icon: FileJson },
] as const

/** Where programs reach the broker, what is spoken there, and its interactive documentation. */
export function ListenersPanel({ listeners }: { readonly listeners: readonly ListenerInfo[] }) {
  return (
    <Panel title="Addresses" note="only this computer reaches them, unless they were started otherwise">
      <ul className={styles.listeners}>
        {listeners.map(({ address, dialects }) => (
          <li key={address} className={styles.listener}>
            <span className={styles.address}>
              <code>{address}</code>
              <CopyButton text={address} what={`the address ${address}`} />
            </span>
            <span className={styles.chips}>
              {dialects.map((dialect) => (
                <Chip key={dialect} field={null} value={dialect} />
              ))}
            </span>
            <span className={styles.links}>
              {PAGES.map(({ path, word, icon: Icon }) => (
                <a key={path} href={address + path} target="_blank" rel="noreferrer">
                  <Icon size={12} strokeWidth={1.75} aria-hidden /> {word}
                  <span className="visually-hidden"> of {address}, in a new window</span>
                </a>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
