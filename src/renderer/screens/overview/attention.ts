import type { Untold } from '../../../shared/domain/capabilities.ts'
import type { BrokerHealth, FailureGroup } from '../../../shared/domain/broker.ts'
import type { Overview } from '../../../shared/domain/overview.ts'
import type { EpochMs } from '../../../shared/domain/clock.ts'
import type { Queue } from '../../../shared/domain/queue.ts'
import type { HandlerProblem } from '../../../shared/domain/worker.ts'
import { countOf, formatCount, formatRate } from '../../ui/format/count.ts'
import { formatAge, formatDuration } from '../../ui/format/duration.ts'
import { isStalled } from './busiest-queues.ts'
import { failureTitle } from './failure-title.ts'

/** A sentence about trouble: who, what, why, and where to look. */
export interface AttentionItem {
  readonly id: string
  readonly kind: 'connection' | 'component' | 'no-workers' | 'dead' | 'behind' | 'handler' | 'paused'
  /** Set in bold; the sentence goes on from it. */
  readonly subject: string
  readonly sentence: string
  /** What is known about why; null when nothing is. */
  readonly cause: string | null
  /** The list that shows the tasks it is about; null when there is none. */
  readonly tasks: { readonly queue?: string; readonly state: 'failed' | 'pending' } | null
}

export interface AttentionFacts {
  /** When the facts were true. */
  readonly now: EpochMs
  /** For how long the broker has not answered; null while it does. */
  readonly lostForMs: number | null
  readonly health: BrokerHealth | undefined
  readonly queues: readonly Queue[]
  /** What the broker does not tell of them. */
  readonly untold: Untold['queue']
  readonly failures: readonly FailureGroup[]
  readonly slots: Overview['slots'] | undefined
  readonly handlerProblems: readonly HandlerProblem[]
}

/** A task that has waited this long while its queue is being worked on is worth a sentence. */
export const BEHIND_AFTER_MS = 60_000

/** A longer name of an error is cut: the sentence stays one line. */
const LONGEST_NAME = 60

/** What is wrong, worst first; empty when all is well. */
export function findTrouble(facts: AttentionFacts): readonly AttentionItem[] {
  return [
    ...lostConnection(facts),
    ...brokenComponents(facts),
    ...facts.queues.flatMap((queue) => withoutWorkers(queue, facts)),
    ...deadLetters(facts),
    ...facts.queues
      .toSorted((a, b) => oldestOf(a) - oldestOf(b))
      .flatMap((queue) => fallingBehind(queue, facts)),
    ...facts.handlerProblems.map(unloadedHandler),
    ...facts.queues.flatMap(pausedWithTasks),
  ]
}

function lostConnection({ lostForMs }: AttentionFacts): readonly AttentionItem[] {
  if (lostForMs === null) return []
  const age = formatAge(lostForMs)
  return [
    {
      id: 'connection',
      kind: 'connection',
      subject: 'The broker',
      sentence: 'does not answer. Trying again.',
      cause: `What is shown is from ${age === 'now' ? 'just now' : `${age} ago`}`,
      tasks: null,
    },
  ]
}

function brokenComponents({ health, lostForMs }: AttentionFacts): readonly AttentionItem[] {
  if (health === undefined || lostForMs !== null) return []
  return health.components
    .filter(({ isHealthy }) => !isHealthy)
    .map(({ name, detail }) => ({
      id: `component:${name}`,
      kind: 'component',
      subject: `The ${name}`,
      sentence: 'is not well',
      cause: detail,
      tasks: null,
    }))
}

function withoutWorkers(queue: Queue, { now, untold }: AttentionFacts): readonly AttentionItem[] {
  if (!isStalled(queue, untold)) return []
  const { name, counts, oldestPendingAt } = queue
  const waits = counts.pending === 1 ? 'waits' : 'wait'
  return [
    {
      id: `no-workers:${name}`,
      kind: 'no-workers',
      subject: name,
      sentence: `has no workers: ${countOf(counts.pending, 'task')} ${waits}`,
      cause: oldestPendingAt === null ? null : `The oldest for ${formatDuration(now - oldestPendingAt)}`,
      tasks: { queue: name, state: 'pending' },
    },
  ]
}

/** The worst queue in a sentence of its own, the others in one together: they must not hide other trouble. */
function deadLetters(facts: AttentionFacts): readonly AttentionItem[] {
  const [worst, ...others] = facts.queues
    .filter((queue) => queue.deadLetters > 0)
    .toSorted((a, b) => b.deadLetters - a.deadLetters)
  if (worst === undefined) return []
  const [other] = others
  if (other === undefined) return [deadLettersOf(worst, facts)]
  if (others.length === 1) return [deadLettersOf(worst, facts), deadLettersOf(other, facts)]
  const count = others.reduce((sum, queue) => sum + queue.deadLetters, 0)
  return [
    deadLettersOf(worst, facts),
    {
      id: 'dead',
      kind: 'dead',
      subject: `${others.length} other queues`,
      sentence: `have ${countOf(count, 'dead letter')}`,
      cause: others.map((queue) => `${queue.name} ${formatCount(queue.deadLetters)}`).join(', '),
      tasks: { state: 'failed' },
    },
  ]
}

function deadLettersOf(
  { name, deadLetters: count }: Queue,
  { failures, now }: AttentionFacts,
): AttentionItem {
  const groups = failures.filter(({ queues }) => queues.includes(name))
  const age = groups.length === 0 ? null : formatAge(now - Math.max(...groups.map((group) => group.latestAt)))
  const latest = age === null ? '' : `, the latest ${age === 'now' ? 'just now' : `${age} ago`}`
  return {
    id: `dead:${name}`,
    kind: 'dead',
    subject: name,
    sentence: `has ${countOf(count, 'dead letter')}${latest}`,
    cause: mainError(groups, count),
    tasks: { queue: name, state: 'failed' },
  }
}

/** The error most of them died of. A group that spans queues is named without its number, which is not this queue's. */
function mainError(groups: readonly FailureGroup[], count: number): string | null {
  const [main] = groups.toSorted((a, b) => b.count - a.count)
  if (main === undefined) return null
  const name = shortened(failureTitle(main).title)
  if (main.queues.length > 1) return `Most often ${name}`
  if (main.count >= count) return count === 1 ? name : `All from one error, ${name}`
  return `${formatCount(main.count)} from one error, ${name}`
}

function shortened(text: string): string {
  return text.length <= LONGEST_NAME ? text : `${text.slice(0, LONGEST_NAME - 1)}…`
}

function fallingBehind(queue: Queue, { now, slots, untold }: AttentionFacts): readonly AttentionItem[] {
  const { name, oldestPendingAt, isPaused, consumers } = queue
  const hasNoWorkers = consumers === 0 && !untold.includes('consumers')
  if (oldestPendingAt === null || isPaused || hasNoWorkers) return []
  const waitedMs = now - oldestPendingAt
  if (waitedMs < BEHIND_AFTER_MS) return []
  return [
    {
      id: `behind:${name}`,
      kind: 'behind',
      subject: name,
      sentence: `is falling behind: the oldest task has waited ${formatDuration(waitedMs)}`,
      cause: whyBehind(queue, slots),
      tasks: { queue: name, state: 'pending' },
    },
  ]
}

function whyBehind(queue: Queue, slots: Overview['slots'] | undefined): string | null {
  if (slots !== undefined && slots.total > 0 && slots.busy >= slots.total) {
    return `${formatCount(slots.busy)} of ${formatCount(slots.total)} slots busy`
  }
  const { submittedPerSecond, throughputPerSecond } = queue
  if (throughputPerSecond === 0) return 'Nothing has finished in the last minute'
  if (submittedPerSecond <= throughputPerSecond) return null
  return `${formatRate(submittedPerSecond)}/s come in, ${formatRate(throughputPerSecond)}/s get done`
}

function unloadedHandler({ file, message }: HandlerProblem): AttentionItem {
  const sentence = 'could not be loaded from the tasks folder'
  return { id: `handler:${file}`, kind: 'handler', subject: file, sentence, cause: message, tasks: null }
}

function pausedWithTasks({ name, isPaused, counts }: Queue): readonly AttentionItem[] {
  if (!isPaused || counts.pending === 0) return []
  return [
    {
      id: `paused:${name}`,
      kind: 'paused',
      subject: name,
      sentence: `is paused with ${countOf(counts.pending, 'task')} pending`,
      cause: null,
      tasks: { queue: name, state: 'pending' },
    },
  ]
}

/** For sorting: a queue in which nothing waits comes last. */
function oldestOf({ oldestPendingAt }: Queue): number {
  return oldestPendingAt ?? Infinity
}
