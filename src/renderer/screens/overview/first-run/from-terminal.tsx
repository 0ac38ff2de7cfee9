import type { ListenerInfo } from '../../../../shared/contract/contract.ts'
import { CodeBlock } from '../../../ui/code-block.tsx'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { submitCommand } from './submit-command.ts'
import styles from './first-run-card.module.css'

/** The second way: any program that speaks HTTP. */
export function FromTerminal({ listeners }: { readonly listeners: readonly ListenerInfo[] }) {
  const parts = submitCommand(listeners)
  const command = parts.map(({ text }) => text).join('')
  return (
    <section className={styles.way} aria-label="From a terminal">
      <h3 className={styles.title}>From a terminal</h3>
      <p className={styles.lead}>Any language that speaks HTTP can do the same.</p>
      <CodeBlock label="Command that submits a task" className={styles.code}>
        {parts.map(({ text, isString }, index) => (
          <span key={index} className={isString ? styles.string : undefined}>
            {text}
          </span>
        ))}
      </CodeBlock>
      <div className={styles.actions}>
        <CopyButton text={command} what="the command" hasWord size="medium" />
      </div>
    </section>
  )
}
