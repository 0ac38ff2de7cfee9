import type { SystemStatus } from '../../../shared/contract/contract.ts'
import { CodeBlock } from '../../ui/code-block.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { TabPanel, Tabs } from '../../ui/tabs.tsx'
import { DIALECT_INFO, DIALECTS, type ApiCall, type DialectName } from './api-calls.ts'
import styles from './api.module.css'
import { writeCall, type CallOptions, type Language } from './write-call.ts'

const LANGUAGE_CHOICES = [
  { value: 'curl', label: 'curl' },
  { value: 'python', label: 'Python' },
  { value: 'javascript', label: 'JavaScript' },
] as const

interface CallsPanelProps {
  readonly status: SystemStatus
  /** Filled into the calls that read one. */
  readonly task: CallOptions['task']
  readonly dialect: DialectName
  readonly language: Language
  readonly onDialect: (dialect: DialectName) => void
  readonly onLanguage: (language: Language) => void
}

/** The main calls of each dialect, as programs that run as they stand. */
export function CallsPanel({ status, task, dialect, language, onDialect, onLanguage }: CallsPanelProps) {
  const { about, calls } = DIALECT_INFO[dialect]
  const address = status.listeners.find(({ dialects }) => dialects.includes(dialect))?.address
  return (
    <Panel
      title="Calls"
      note={task === null ? 'submit one to fill in its id' : 'with the newest task filled in'}
      aside={<Segmented label="Language" choices={LANGUAGE_CHOICES} value={language} onChange={onLanguage} />}
    >
      <Tabs
        label="Dialects"
        items={DIALECTS.map((value) => ({ value, label: value }))}
        value={dialect}
        onChange={onDialect}
        isCompact
        className={styles.tabs}
      >
        <TabPanel value={dialect}>
          <p className={styles.about}>{about}</p>
          {address === undefined ? (
            <p className={styles.missing}>
              No listener speaks it now. Start Penstock with <code>--listen 8001={dialect}</code> to have it
              on a port of its own.
            </p>
          ) : (
            <ul className={styles.calls}>
              {calls.map((call) => (
                <Call
                  key={`${call.method} ${call.path}`}
                  call={call}
                  text={writeCall(language, call, { address, task, isKeyRequired: status.isKeyRequired })}
                />
              ))}
            </ul>
          )}
        </TabPanel>
      </Tabs>
    </Panel>
  )
}

function Call({ call: { title, method, path }, text }: { readonly call: ApiCall; readonly text: string }) {
  return (
    <li className={styles.call}>
      <div className={styles.head}>
        <h3>{title}</h3>
        <code className={styles.route}>
          {method} {path}
        </code>
        <CopyButton text={text} what={`the call “${title}”`} />
      </div>
      <CodeBlock label={title}>{text}</CodeBlock>
    </li>
  )
}
