import { useState } from 'react'
import { QUEUE_NAME_PATTERN } from '../../../shared/domain/limits.ts'
import { MAX_WORKER_CONCURRENCY } from '../../../shared/domain/worker-port.ts'
import type { Worker } from '../../../shared/domain/worker.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextInput } from '../../ui/field.tsx'
import { countOf } from '../../ui/format/count.ts'
import type { WorkerActions } from './use-worker-actions.ts'
import { nameOf } from './worker-words.ts'
import styles from './workers.module.css'

/** What is asked about workers right now. */
export type WorkerQuestion =
  { readonly kind: 'add' } | { readonly kind: 'resize' | 'remove'; readonly worker: Worker }

interface WorkerDialogsProps {
  readonly question: WorkerQuestion | null
  readonly actions: WorkerActions
  readonly onClose: () => void
}

export function WorkerDialogs({ question, actions, onClose }: WorkerDialogsProps) {
  if (question === null) return null
  if (question.kind === 'add') return <AddDialog actions={actions} onClose={onClose} />
  const { worker } = question
  if (question.kind === 'resize') return <ResizeDialog worker={worker} actions={actions} onClose={onClose} />
  const isLocal = worker.kind === 'local'
  return (
    <ConfirmDialog
      title={`Remove ${nameOf(worker)}?`}
      action="Remove"
      isOpen
      onConfirm={() => {
        actions.remove(worker)
        onClose()
      }}
      onClose={onClose}
    >
      {isLocal ? (
        <p>
          It finishes {countOf(worker.running.length, 'running task')} and then is gone, until Penstock starts
          anew.
        </p>
      ) : (
        <p>
          Its {countOf(worker.running.length, 'running task')} go back into the line at once, and run again
          elsewhere. The process itself is not stopped: it is told at its next call, and may register again.
        </p>
      )}
    </ConfirmDialog>
  )
}

function readSlots(text: string): number | null {
  const value = Number(text)
  return text.trim() !== '' && Number.isInteger(value) && value >= 1 && value <= MAX_WORKER_CONCURRENCY
    ? value
    : null
}

const SLOTS_PROBLEM = `A whole number from 1 to ${MAX_WORKER_CONCURRENCY}.`

interface ResizeDialogProps {
  readonly worker: Worker
  readonly actions: WorkerActions
  readonly onClose: () => void
}

function ResizeDialog({ worker, actions, onClose }: ResizeDialogProps) {
  const [text, setText] = useState(String(worker.concurrency))
  const slots = readSlots(text)
  const save = async () => {
    if (slots !== null && (await actions.resize(worker, slots))) onClose()
  }
  return (
    <Dialog
      title={`Resize ${nameOf(worker)}`}
      description="With fewer than run now nothing is stopped; nothing new comes until there is room."
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Close</Button>
          <Button
            variant="primary"
            disabledReason={
              slots === null ? SLOTS_PROBLEM : slots === worker.concurrency ? 'Nothing is changed.' : null
            }
            onClick={() => void save()}
          >
            Resize
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <TextInput
          label="Tasks at once"
          value={text}
          onChange={setText}
          inputMode="numeric"
          problem={slots === null ? SLOTS_PROBLEM : null}
          hint={`${worker.running.length} run now`}
        />
      </form>
    </Dialog>
  )
}

function AddDialog({ actions, onClose }: { readonly actions: WorkerActions; readonly onClose: () => void }) {
  const [name, setName] = useState('')
  const [queueText, setQueueText] = useState('')
  const [threadText, setThreadText] = useState('4')
  const threads = readSlots(threadText)
  const queues = queueText.split(/[\s,]+/).filter((queue) => queue !== '')
  const hasBadQueue = queues.some((queue) => !QUEUE_NAME_PATTERN.test(queue))
  const hasBadName = !/^[A-Za-z0-9_.-]{1,64}$/.test(name)
  const isReady = threads !== null && !hasBadQueue && !hasBadName
  const save = async () => {
    const pool = { name, queues: queues.length === 0 ? null : queues, threads: threads ?? 1 }
    if (isReady && (await actions.add(pool))) onClose()
  }
  return (
    <Dialog
      title="Add a local worker"
      description="More threads on this computer, until Penstock ends. They run what the tasks folder exports."
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Close</Button>
          <Button
            variant="primary"
            disabledReason={isReady ? null : 'Give it a name, and a number of threads.'}
            onClick={() => void save()}
          >
            Add
          </Button>
        </>
      }
    >
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <TextInput
          label="Name"
          value={name}
          onChange={setName}
          problem={name !== '' && hasBadName ? 'Letters, digits and _ . - only; at most 64.' : null}
          hint="Of its own: no other pool may have it"
        />
        <TextInput
          label="Threads"
          value={threadText}
          onChange={setThreadText}
          inputMode="numeric"
          problem={threads === null ? SLOTS_PROBLEM : null}
          hint="Tasks it runs at once"
        />
        <TextInput
          label="Queues"
          value={queueText}
          onChange={setQueueText}
          problem={hasBadQueue ? 'Letters, digits and _ . : - only; at most 128.' : null}
          hint="Apart by commas; empty for every queue"
        />
      </form>
    </Dialog>
  )
}
