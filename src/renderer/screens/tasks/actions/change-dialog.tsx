import { useState } from 'react'
import { MAX_PRIORITY, MIN_PRIORITY } from '../../../../shared/domain/limits.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { TextInput } from '../../../ui/field.tsx'
import { countOf, formatCount } from '../../../ui/format/count.ts'
import styles from './cancel-dialog.module.css'
import { undoWords, type TaskChange } from './task-change.ts'
import type { TaskTargets } from './task-targets.ts'
import type { ChangeQuestion, TaskChanges } from './use-task-changes.ts'

/** The question before many tasks are paused, resumed or given another priority, while it is asked. */
export function ChangeDialog({ changes }: { readonly changes: TaskChanges }) {
  const { question, confirm, dismiss } = changes
  return question === null ? null : (
    <OpenChangeDialog question={question} onConfirm={confirm} onClose={dismiss} />
  )
}

interface OpenChangeDialogProps {
  readonly question: ChangeQuestion
  readonly onConfirm: (priority?: number) => void
  readonly onClose: () => void
}

function OpenChangeDialog({ question, onConfirm, onClose }: OpenChangeDialogProps) {
  const { change, targets, already } = question
  const [text, setText] = useState(String(MAX_PRIORITY))
  const priority = change === 'priority' ? readPriority(text) : undefined
  const what = targets.only?.name ?? countOf(targets.count, 'task')
  const isAllMatching = targets.matching !== null
  const confirm = () => {
    if (priority !== null) onConfirm(priority)
  }
  return (
    <Dialog
      title={TITLES[change](what)}
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Do not</Button>
          <Button
            variant="primary"
            disabledReason={priority === null ? 'Give a priority first' : null}
            onClick={confirm}
          >
            {ACTIONS[change](formatCount(targets.count))}
          </Button>
        </>
      }
    >
      <div className={styles.choices}>
        {change === 'priority' && (
          <TextInput
            label="New priority"
            value={text}
            onChange={setText}
            inputMode="numeric"
            autoFocus
            problem={priority === null ? PRIORITY_RANGE : null}
            hint={PRIORITY_RANGE}
          />
        )}
        <p>{describe(change, targets)}</p>
        <p>{undoWords({ change, count: targets.count, isAllMatching, already }).words}</p>
      </div>
    </Dialog>
  )
}

const PRIORITY_RANGE = `A whole number, ${MIN_PRIORITY} to ${MAX_PRIORITY}; the highest goes first.`

/** Null when it is none. */
function readPriority(text: string): number | null {
  const value = /^\d{1,2}$/.test(text.trim()) ? Number(text) : NaN
  return value >= MIN_PRIORITY && value <= MAX_PRIORITY ? value : null
}

const TITLES: Readonly<Record<TaskChange, (what: string) => string>> = {
  pause: (what) => `Pause ${what}?`,
  resume: (what) => `Resume ${what}?`,
  priority: (what) => `Change the priority of ${what}?`,
}

const ACTIONS: Readonly<Record<TaskChange, (count: string) => string>> = {
  pause: (count) => `Pause ${count}`,
  resume: (count) => `Resume ${count}`,
  priority: (count) => `Change ${count}`,
}

/** What follows. */
function describe(change: TaskChange, { running }: TaskTargets): string {
  if (change === 'resume')
    return 'Those that are paused wait again, and are claimed as soon as a worker is free; those planned for later keep their time. All others are skipped.'
  if (change === 'priority')
    return 'Those that wait are claimed in the new order from now on. Those that run or have finished are skipped.'
  const rest = 'Those that have finished or are paused already are skipped.'
  if (running === 0) return `Those that wait are held back until they are resumed. ${rest}`
  const subject = running === null ? 'Those that run' : `The ${formatCount(running)} that run now`
  return `Those that wait are held back until they are resumed. ${subject} are asked to stop, and begin anew when resumed. ${rest}`
}
