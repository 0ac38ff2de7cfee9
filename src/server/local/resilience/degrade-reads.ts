import type { Broker } from '../../../shared/domain/broker.ts'
import type { Clock, EpochMs } from '../../../shared/domain/clock.ts'
import { findAnswering } from '../../../shared/domain/degradation.ts'
import type { AnswerOrigin, Component, DegradationMark } from '../../../shared/domain/resilience.ts'
import { DEFAULT_ANSWERS, type DegradableRead, READ_COMPONENTS } from './default-answers.ts'

/** Most answers kept; the oldest goes first. */
const MAX_ANSWERS = 500

/** A list, a record, or a count; what a bare number comes from nobody can ask. */
type Answer = object | number

interface KeptAnswer {
  readonly answer: Answer
  readonly at: EpochMs
  /** For whose sake it is kept; another mark begins anew. */
  readonly mark: DegradationMark
}

export interface DegradedReads {
  readonly reads: Pick<Broker, DegradableRead>
  originOf(answer: object): AnswerOrigin
}

/**
 * Reads that answer from memory while their component is marked. Without marks each costs one look at
 * an empty list, and keeps nothing.
 */
export function degradeReads(
  broker: Pick<Broker, DegradableRead>,
  { clock, standing }: { readonly clock: Clock; readonly standing: () => readonly DegradationMark[] },
): DegradedReads {
  const kept = new Map<string, KeptAnswer>()
  const origins = new WeakMap<object, AnswerOrigin>()

  /** A new object for each caller: the answer that was kept had been a live one. */
  function toCached(answer: Answer, at: EpochMs, component: Component): Answer {
    if (typeof answer === 'number') return answer
    const copy = Array.isArray(answer) ? [...(answer as readonly unknown[])] : { ...answer }
    origins.set(copy, { kind: 'cached', component, at })
    return copy
  }

  function keep(question: string, answer: KeptAnswer): void {
    if (kept.size >= MAX_ANSWERS) kept.delete(kept.keys().next().value!)
    kept.set(question, answer)
  }

  function degradable(read: DegradableRead): (...asked: readonly unknown[]) => Promise<Answer> {
    const component = READ_COMPONENTS[read]
    const live = broker[read] as (...asked: readonly unknown[]) => Promise<Answer>
    const byDefault = DEFAULT_ANSWERS[read] as (now: EpochMs, ...asked: readonly unknown[]) => Answer

    return async (...asked) => {
      const marks = standing()
      const mark = marks.length === 0 ? null : findAnswering(marks, component, clock.now())
      if (mark === null) {
        if (marks.length === 0) kept.clear()
        return live(...asked)
      }
      if (mark.strategy === 'default_value') {
        const answer = byDefault(clock.now(), ...asked)
        if (typeof answer === 'object') origins.set(answer, { kind: 'default', component })
        return answer
      }
      const question = JSON.stringify([read, asked])
      const known = kept.get(question)
      if (known?.mark === mark) return toCached(known.answer, known.at, component)
      const at = clock.now()
      const answer = await live(...asked)
      keep(question, { answer, at, mark })
      return answer
    }
  }

  const reads = Object.fromEntries(
    (Object.keys(READ_COMPONENTS) as DegradableRead[]).map((read) => [read, degradable(read)]),
    // Each answers as the broker's own does, or with a default of the same type.
  ) as unknown as Pick<Broker, DegradableRead>
  return { reads, originOf: (answer) => origins.get(answer) ?? { kind: 'live' } }
}
