import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo, useRef, useState } from 'react'
import { isFinal } from '../../../../shared/domain/state.ts'
import type { TaskSummary } from '../../../../shared/domain/task.ts'
import { useBulk } from '../../../app/bulk/use-bulk.ts'
import { useBroker } from '../../../app/broker-connection.tsx'
import type { BrokerClient } from '../../../app/client.ts'
import { describeFailure } from '../../../app/failure.ts'
import { formatCount } from '../../../ui/format/count.ts'
import { shortId } from '../../../ui/format/instant.ts'
import { showToast } from '../../../ui/toast/toast-store.ts'
import { runBulk, type BulkStep } from './run-bulk.ts'
import { outcomeSentence, skipReason, UNDER_WAY, type TaskAction } from './task-action.ts'
import type { TaskTargets } from './task-targets.ts'

/** A question that has to be answered before something is done. */
export type TaskQuestion =
  | { readonly kind: 'cancel' | 'delete' | 'replay'; readonly targets: TaskTargets }
  | { readonly kind: 'edit'; readonly task: TaskSummary }

export interface TaskCommands {
  /** What is asked right now. */
  readonly question: TaskQuestion | null
  /** What is under way, as "Cancelling 120 of 400". */
  readonly busy: string | null
  readonly runAgain: (targets: TaskTargets) => void
  readonly cancel: (targets: TaskTargets) => void
  readonly remove: (targets: TaskTargets) => void
  readonly edit: (task: TaskSummary) => void
  /** Does what was asked about. */
  readonly confirm: (options?: ActionOptions) => void
  readonly dismiss: () => void
  readonly stop: () => void
}

/** How the action in question is done. */
interface ActionOptions {
  /** Of a cancel: whether what runs is stopped, not only asked. */
  readonly terminate?: boolean
  /** Of running again everything that matches: whether what succeeded is meant too. */
  readonly withSucceeded?: boolean
}

interface CommandOptions {
  readonly onOpen: (id: string) => void
  /** Something was done, in whole or in part. */
  readonly onDone: () => void
}

const CONCURRENCY = 6
const BULK_OF = { cancel: 'cancel', replay: 'retry', delete: 'delete' } as const
/** From here on, running many again is asked about: it is no harm, but much work. */
const MANY = 100

/** What can be done to tasks, with its questions and its toasts. */
export function useTaskCommands({ onOpen, onDone }: CommandOptions): TaskCommands {
  const { client, queries } = useBroker()
  const queryClient = useQueryClient()
  const [question, setQuestion] = useState<TaskQuestion | null>(null)
  const [busy, setBusy] = useState<string | null>(null)
  const abort = useRef<AbortController | null>(null)
  const bulk = useBulk()

  const perform = useCallback(
    async (action: TaskAction, targets: TaskTargets, options: ActionOptions = {}) => {
      const { terminate = false, withSucceeded = false } = options
      if (targets.matching !== null) {
        void bulk({
          action: BULK_OF[action],
          query: targets.matching,
          ...(action === 'cancel' && { terminate }),
          ...(action === 'replay' && { withSucceeded }),
        }).then(onDone)
        return
      }
      if (abort.current !== null) return
      const controller = new AbortController()
      abort.current = controller
      const say = (count: number) => {
        if (targets.count > CONCURRENCY) setBusy(busyText(action, count, targets.count))
      }
      say(0)
      const job: Job = {
        client,
        action,
        terminate,
        targets,
        signal: controller.signal,
        onProgress: say,
        onOpen,
      }
      showToast(await toastFor(job))
      abort.current = null
      setBusy(null)
      onDone()
      void queryClient.invalidateQueries({ queryKey: queries.tasks.key() })
    },
    [bulk, client, onDone, onOpen, queries, queryClient],
  )

  return useMemo(
    () => ({
      question,
      busy,
      runAgain: (targets) =>
        targets.matching !== null || targets.count > MANY
          ? setQuestion({ kind: 'replay', targets })
          : void perform('replay', targets),
      cancel: (targets) =>
        targets.running === 0 ? void perform('cancel', targets) : setQuestion({ kind: 'cancel', targets }),
      remove: (targets) => setQuestion({ kind: 'delete', targets }),
      edit: (task) => setQuestion({ kind: 'edit', task }),
      confirm: (options) => {
        setQuestion(null)
        if (question !== null && question.kind !== 'edit')
          void perform(question.kind, question.targets, options)
      },
      dismiss: () => setQuestion(null),
      stop: () => abort.current?.abort(),
    }),
    [question, busy, perform],
  )
}

function busyText(action: TaskAction, count: number, expected: number): string {
  // More may match by now than were counted before.
  return `${UNDER_WAY[action]} ${formatCount(count)} of ${formatCount(Math.max(count, expected))}`
}

interface Job {
  readonly client: BrokerClient
  readonly action: TaskAction
  /** Of a cancel: whether threads are stopped. */
  readonly terminate: boolean
  readonly targets: TaskTargets
  readonly signal: AbortSignal
  readonly onProgress: (count: number) => void
  readonly onOpen: (id: string) => void
}

type ToastText = Parameters<typeof showToast>[0]

/** Does it, and says in words what came of it. Never rejects. */
async function toastFor(job: Job): Promise<ToastText> {
  const { action, targets, signal, onProgress } = job
  try {
    if (targets.only !== null) return await performOne(job, targets.only)
    const outcome = await runBulk({
      ids: targets.ids(),
      act: (id) => actOn(job, id),
      concurrency: CONCURRENCY,
      signal,
      onProgress,
    })
    const tone = outcome.failed > 0 ? 'failure' : outcome.done.size === 0 ? 'plain' : 'success'
    return { tone, message: outcomeSentence(action, outcome) }
  } catch (error) {
    return { tone: 'failure', message: describeFailure(error).message }
  }
}

/** Does it to one of many. What goes wrong is told, not thrown. */
async function actOn({ client, action, terminate }: Job, id: string): Promise<BulkStep> {
  try {
    switch (action) {
      case 'cancel': {
        const { state } = await client.tasks.cancel({ id, terminate })
        return { kind: 'done', as: isFinal(state) ? 'cancelled' : 'asked' }
      }
      case 'replay':
        await client.tasks.replay({ id, changes: {} })
        return { kind: 'done', as: 'replayed' }
      case 'delete':
        await client.tasks.delete({ id })
        return { kind: 'done', as: 'deleted' }
    }
  } catch (error) {
    const failure = describeFailure(error)
    const reason = skipReason(action, failure)
    return reason === null ? { kind: 'failed', message: failure.message } : { kind: 'skipped', reason }
  }
}

/** Does it to a single task, and says so by its name. @throws what the broker refused */
async function performOne(job: Job, { id, name }: TaskSummary): Promise<ToastText> {
  const { client, action, terminate, onOpen } = job
  switch (action) {
    case 'cancel': {
      const { state } = await client.tasks.cancel({ id, terminate })
      const message = isFinal(state)
        ? `Cancelled ${name}`
        : terminate
          ? `Stopping ${name}`
          : `Asked ${name} to stop`
      return { tone: 'success', message }
    }
    case 'replay': {
      const receipt = await client.tasks.replay({ id, changes: {} })
      return {
        tone: 'success',
        message: `${name} runs again as ${shortId(receipt.id)}`,
        action: { label: 'Open', run: () => onOpen(receipt.id) },
      }
    }
    case 'delete':
      await client.tasks.delete({ id })
      return { tone: 'success', message: `Deleted ${name}` }
  }
}
