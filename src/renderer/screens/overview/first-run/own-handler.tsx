import { FolderOpen } from 'lucide-react'
import { useBroker } from '../../../app/broker-connection.tsx'
import { describeFailure } from '../../../app/failure.ts'
import { Button } from '../../../ui/button.tsx'
import { CodeBlock } from '../../../ui/code-block.tsx'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { showToast } from '../../../ui/toast/toast-store.ts'
import styles from './first-run-card.module.css'

const CODE = `export async function send_email(
  { kwargs }, context) {
  context.log.info(kwargs.to)
  return { sent: true }
}
`

interface OwnHandlerProps {
  readonly tasksFolder: string | null
  readonly canOpen: boolean
}

/** The third way: a handler of one's own. */
export function OwnHandler({ tasksFolder, canOpen }: OwnHandlerProps) {
  const { client } = useBroker()
  const openFolder = async () => {
    try {
      await client.system.openTasksFolder()
    } catch (error) {
      showToast({
        tone: 'failure',
        message: `The tasks folder did not open. ${describeFailure(error).message}`,
      })
    }
  }
  return (
    <section className={styles.way} aria-label="With a handler of your own">
      <h3 className={styles.title}>With a handler of your own</h3>
      <p className={styles.lead}>A function exported from a file in the tasks folder.</p>
      <CodeBlock label="A handler" className={styles.code}>
        <Line number={1}>
          <span className={styles.keyword}>export async function</span>{' '}
          <span className={styles.name}>send_email</span>(
        </Line>
        <Line number={2}>{'  { kwargs }, context) {'}</Line>
        <Line number={3}>
          {'  context.log.'}
          <span className={styles.name}>info</span>(kwargs.to)
        </Line>
        <Line number={4}>
          {'  '}
          <span className={styles.keyword}>return</span> {'{ sent: '}
          <span className={styles.keyword}>true</span> {'}'}
        </Line>
        <Line number={5}>{'}'}</Line>
      </CodeBlock>
      <div className={styles.actions}>
        {canOpen && (
          <Button icon={FolderOpen} onClick={() => void openFolder()}>
            Open tasks folder
          </Button>
        )}
        <CopyButton text={CODE} what="the code" hasWord size="medium" />
        {!canOpen && tasksFolder !== null && (
          <code className={`${styles.path} truncate`} title={tasksFolder}>
            {tasksFolder}
          </code>
        )}
      </div>
    </section>
  )
}

function Line({ number, children }: { readonly number: number; readonly children: React.ReactNode }) {
  return (
    <>
      <span className={styles.lineNumber} aria-hidden>
        {number}
      </span>
      {children}
      {'\n'}
    </>
  )
}
