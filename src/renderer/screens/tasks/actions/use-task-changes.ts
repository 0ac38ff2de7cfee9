import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo, useRef, useState } from 'react'
import type { BulkQuery } from '../../../../shared/domain/bulk-port.ts'
import type { TaskState } from '../../../../shared/domain/state.ts'
import { useBroker } from '../../../app/broker-connection.tsx'
import { useBulk } from '../../../app/bulk/use-bulk.ts'
import type { BrokerClient } from '../../../app/client.ts'
import { describeFailure } from '../../../app/failure.ts'
import { formatCount } from '../../../ui/format/count.ts'
import { showToast } from '../../../ui/toast/toast-store.ts'
import { runBulk } from './run-bulk.ts'
import {
  CHANGE_UNDER_WAY,
  changeSentence,
  changeSkipReason,
  undoWords,
  type Already,
  type TaskChange,
} from './task-change.ts'
import type { TaskTargets } from './task-targets.ts'

export interface ChangeQuestion {
  readonly change: TaskChange
  readonly targets: TaskTargets
  readonly already: Already
}

export interface TaskChanges {
  readonly question: ChangeQuestion | null
  /** What is under way here, as "Pausing 120 of 400". */
  readonly busy: string | null
  readonly ask: (change: TaskChange, targets: TaskTargets) => void
  /** @param priority 0 to 10; with the change of that name, and only there */
  readonly confirm: (priority?: number) => void
  readonly dismiss: () => void
  readonly stop: () => void
}

const CONCURRENCY = 6
const OPPOSITE = { pause: 'resume', resume: 'pause', priority: 'priority' } as const
/** What a changed task is in afterwards: what stood there before could not be told from it. */
const STATES_AFTER: Readonly<Record<TaskChange, readonly TaskState[]>> = {
  pause: ['paused'],
  resume: ['pending', 'scheduled', 'running'],
  priority: [],
}

/** The priority a task is to get; undefined where the change is another. */
type PriorityOf = (id: string) => number | undefined

/** Pause, resume and another priority for many tasks: asked about, followed, and taken back where that can be. */
export function useTaskChanges(onDone: () => void): TaskChanges {
  const { client } = useBroker()
  const queryClient = useQueryClient()
  const bulk = useBulk()
  const [question, setQuestion] = useState<ChangeQuestion | null>(null)
  const [busy, setBusy] = useState<string | null>(null)
  const abort = useRef<AbortController | null>(null)

  /** Everything that matches is changed by the broker, in one operation. */
  const changeMatching = useCallback(
    async ({ change, already, targets }: ChangeQuestion, query: BulkQuery, priority?: number) => {
      const { canUndo } = undoWords({ change, count: targets.count, isAllMatching: true, already })
      const undone = {
        ...query,
        states: STATES_AFTER[change],
        // What was submitted since is not meant.
        createdBefore: Math.min(query.createdBefore ?? Infinity, Date.now() + 1),
      }
      const undo = {
        label: 'Undo',
        run: () => void bulk({ action: OPPOSITE[change], query: undone }).then(onDone),
      }
      await bulk({ action: change, query, priority }, canUndo ? { action: undo } : {})
      onDone()
    },
    [bulk, onDone],
  )

  /** Each on its own: which ones were changed is known then, and what they were before. */
  const changeEach = useCallback(
    async function changeAll(
      change: TaskChange,
      targets: Pick<TaskTargets, 'ids' | 'count'>,
      priorityOf: PriorityOf,
    ): Promise<void> {
      if (abort.current !== null) return
      const controller = new AbortController()
      abort.current = controller
      const changed = new Map<string, number | undefined>()
      const act = async (id: string) => {
        try {
          changed.set(id, await changeOne(client, change, id, priorityOf(id)))
          return { kind: 'done', as: change } as const
        } catch (error) {
          const failure = describeFailure(error)
          const reason = changeSkipReason(change, failure)
          return reason === null
            ? ({ kind: 'failed', message: failure.message } as const)
            : ({ kind: 'skipped', reason } as const)
        }
      }
      const say = (count: number) =>
        setBusy(`${CHANGE_UNDER_WAY[change]} ${formatCount(count)} of ${formatCount(targets.count)}`)
      say(0)
      const outcome = await runBulk({
        ids: targets.ids(),
        act,
        concurrency: CONCURRENCY,
        signal: controller.signal,
        onProgress: say,
      })
      abort.current = null
      setBusy(null)
      const undo = () =>
        void changeAll(OPPOSITE[change], { ids: () => changed.keys(), count: changed.size }, (id) =>
          changed.get(id),
        )
      showToast({
        tone: outcome.failed > 0 ? 'failure' : changed.size === 0 ? 'plain' : 'success',
        message: changeSentence(change, { ...outcome, done: changed.size }),
        action: changed.size === 0 ? undefined : { label: 'Undo', run: undo },
      })
      onDone()
      await queryClient.invalidateQueries()
    },
    [client, onDone, queryClient],
  )

  return useMemo(
    () => ({
      question,
      busy,
      ask: (change, targets) => {
        setQuestion({ change, targets, already: null })
        const { matching } = targets
        if (matching === null || change === 'priority') return
        const put = (already: Already) =>
          setQuestion((asked) => (asked?.targets === targets ? { ...asked, already } : asked))
        const { names, ...query } = matching
        void client.tasks
          .count({ ...query, ...(names && { names: [...names] }), states: [...STATES_AFTER[change]] })
          .then(put, () => put('unknown'))
      },
      confirm: (priority) => {
        setQuestion(null)
        if (question === null) return
        const { change, targets } = question
        if (targets.matching !== null) void changeMatching(question, targets.matching, priority)
        else void changeEach(change, targets, () => priority)
      },
      dismiss: () => setQuestion(null),
      stop: () => abort.current?.abort(),
    }),
    [question, busy, client, changeMatching, changeEach],
  )
}

/** @returns the priority it had; only of a changed priority is it asked for. @throws what the broker refused */
async function changeOne(client: BrokerClient, change: TaskChange, id: string, priority?: number) {
  switch (change) {
    case 'pause':
      await client.tasks.pause({ id })
      return undefined
    case 'resume':
      await client.tasks.resume({ id })
      return undefined
    case 'priority': {
      const before = await client.tasks.get({ id })
      await client.tasks.update({ id, changes: { priority } })
      return before.priority
    }
  }
}
