import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { formatCount } from '../../../ui/format/count.ts'
import styles from './cancel-dialog.module.css'

interface CancelDialogProps {
  /** What is cancelled: a task's name, or how many tasks. */
  readonly subject: string | number
  /** How many of them run now; null when that is not known. */
  readonly running: number | null
  /** It was asked before, and still runs. */
  readonly wasAsked: boolean
  readonly onCancel: (options: { readonly terminate: boolean }) => void
  readonly onClose: () => void
}

/** Asks how to cancel what runs: by asking the handler, or by stopping its thread as well. */
export function CancelDialog({ subject, running, wasAsked, onCancel, onClose }: CancelDialogProps) {
  const isOne = typeof subject === 'string'
  return (
    <Dialog
      title={isOne ? `Cancel ${subject}, which is running?` : `Cancel ${formatCount(subject)} tasks?`}
      description={describe(subject, running, wasAsked)}
      isOpen
      onClose={onClose}
      width="wide"
      footer={
        <>
          <Button onClick={onClose}>Let {isOne ? 'it' : 'them'} run</Button>
          <Button onClick={() => onCancel({ terminate: false })}>Ask to stop</Button>
          <Button variant="danger-fill" onClick={() => onCancel({ terminate: true })}>
            Ask, then stop {isOne ? 'its thread' : 'their threads'}
          </Button>
        </>
      }
    >
      <dl className={styles.choices}>
        <div>
          <dt>Ask to stop</dt>
          <dd>
            The handler’s <code>context.signal</code> fires. A handler that listens to it ends by itself and
            cleans up. One that does not runs on to its end or its timeout, and counts as cancelled then: its
            result is dropped.
          </dd>
        </div>
        <div>
          <dt>Ask, then stop the thread</dt>
          <dd>
            The signal fires too. If the handler has not ended half a second later, its worker thread is
            stopped in the middle of what it does: no <code>finally</code> runs, and what it has written so
            far stays half written. Other tasks are not touched.
          </dd>
        </div>
      </dl>
    </Dialog>
  )
}

function describe(subject: string | number, running: number | null, wasAsked: boolean): string {
  if (wasAsked) return 'It was asked to stop before, and has not ended yet.'
  if (typeof subject === 'string') return 'A task that runs cannot simply be taken away; there are two ways.'
  if (running === null)
    return 'Those that wait are cancelled at once, finished ones skipped. For those that run there are two ways.'
  return `${formatCount(running)} of them run now: for these there are two ways. Those that wait are cancelled at once, finished ones skipped.`
}
