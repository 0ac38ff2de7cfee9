import { isFinal, movesTo, type TaskState } from '../../../../shared/domain/state.ts'
import { countOf, formatCount } from '../../../ui/format/count.ts'

/** What can be changed of many tasks that have not finished. */
export type TaskChange = 'pause' | 'resume' | 'priority'

/** Present participle, for what is under way: "Pausing 120 of 400". */
export const CHANGE_UNDER_WAY: Readonly<Record<TaskChange, string>> = {
  pause: 'Pausing',
  resume: 'Resuming',
  priority: 'Changing the priority of',
}

const DONE_WORDS: Readonly<Record<TaskChange, string>> = {
  pause: 'paused',
  resume: 'resumed',
  priority: 'changed the priority of',
}

/** Whether a task in that state can be changed so. */
export function allowsChange(state: TaskState, change: TaskChange): boolean {
  return change === 'priority' ? !isFinal(state) && state !== 'running' : movesTo(state, change).length > 0
}

/** Why a change is possible for none of the tasks; null where it is for one. The others are skipped. */
export function impossibleChanges(states: Iterable<TaskState>): Readonly<Record<TaskChange, string | null>> {
  const all = [...new Set(states)]
  const unless = (change: TaskChange, reason: string) =>
    all.some((state) => allowsChange(state, change)) ? null : reason
  return {
    pause: unless('pause', 'none waits or runs'),
    resume: unless('resume', 'none is paused'),
    priority: unless('priority', 'none waits'),
  }
}

/** Why one of many was passed over, in words that follow "skipped 2"; null when it failed instead. */
export function changeSkipReason(change: TaskChange, { code }: { readonly code: string }): string | null {
  if (code === 'TASK_NOT_FOUND') return 'no longer there'
  if (code !== 'INVALID_STATE') return null
  return {
    pause: 'that were paused or had finished',
    resume: 'that were not paused',
    priority: 'that run or have finished',
  }[change]
}

export interface ChangeOutcome {
  readonly done: number
  readonly skipped: ReadonlyMap<string, number>
  readonly failed: number
  readonly failure: string | null
  readonly isStopped: boolean
}

/** One sentence with the numbers: "Paused 40, skipped 2 that were paused or had finished". */
export function changeSentence(change: TaskChange, outcome: ChangeOutcome): string {
  const { done, skipped, failed, failure, isStopped } = outcome
  const parts = [
    `${DONE_WORDS[change]} ${done === 0 ? 'none' : formatCount(done)}`,
    ...[...skipped].map(([reason, count]) => `skipped ${formatCount(count)} ${reason}`),
    ...(failed > 0 ? [`${formatCount(failed)} failed: ${failure ?? ''}`.replace(/\.$/, '')] : []),
    ...(isStopped ? ['stopped before the rest'] : []),
  ]
  const sentence = parts.join(', ')
  return sentence.charAt(0).toUpperCase() + sentence.slice(1)
}

/** How many that match are already in the state they would get; null while that is being counted. */
export type Already = number | null | 'unknown'

export interface ChangeSubject {
  readonly change: TaskChange
  readonly count: number
  /** Everything that matches a filter, rather than what is ticked. */
  readonly isAllMatching: boolean
  readonly already: Already
}

/** Whether it can be taken back as a whole, and what to say where it cannot. */
export function undoWords({ change, isAllMatching, already }: ChangeSubject): {
  readonly canUndo: boolean
  readonly words: string
} {
  if (!isAllMatching)
    return {
      canUndo: true,
      words:
        change === 'priority'
          ? 'It can be undone: each gets back the priority it had.'
          : 'It can be undone right after.',
    }
  if (change === 'priority')
    return {
      canUndo: false,
      words: 'This cannot be undone: each may have had another priority, and those are not kept.',
    }
  if (already === null) return { canUndo: false, words: 'Looking whether it can be undone…' }
  if (already === 'unknown')
    return { canUndo: false, words: 'Whether it could be undone is not known, so no undo will be offered.' }
  if (already === 0) return { canUndo: true, words: 'It can be undone right after.' }
  return {
    canUndo: false,
    words:
      change === 'pause'
        ? `This cannot be undone in one step: ${countOf(already, 'task')} among them ${already === 1 ? 'is' : 'are'} paused already, and could not be told from the others.`
        : `This cannot be undone in one step: ${countOf(already, 'task')} that would match ${already === 1 ? 'is' : 'are'} not paused, and could not be told from the others.`,
  }
}
