import type {
  AttachableName,
  AttachProblem,
  ConnectionCheck,
  ConnectionState,
} from '../../../shared/domain/connection.ts'
import { formatDuration } from '../../ui/format/duration.ts'

export const DIALECT_WORDS: Readonly<Record<AttachableName, string>> = {
  contract: 'Penstock',
  dtqs: 'dtqs',
  turbine: 'turbine',
  asynq: 'asynq',
  taskqueue: 'taskqueue',
  taskmanager: 'taskmanager',
}

const PROBLEM_WORDS: Readonly<Record<AttachProblem, string>> = {
  unreachable: 'unreachable',
  refused: 'refused',
  wrong_server: 'wrong server',
  too_old: 'too old',
  too_new: 'too new',
  bad_answer: 'bad answers',
  failing: 'failing',
}

export type StatusTone = 'good' | 'waiting' | 'warning' | 'bad' | 'none'

/** The dot of a connection, and its word. */
export function describeState(state: ConnectionState): { readonly tone: StatusTone; readonly word: string } {
  switch (state.kind) {
    case 'closed':
      return { tone: 'none', word: 'not attached' }
    case 'connecting':
      return { tone: 'waiting', word: 'connecting' }
    case 'connected':
      return state.check.health === 'healthy'
        ? { tone: 'good', word: 'connected' }
        : { tone: 'warning', word: state.check.health }
    case 'lost':
      return {
        tone: state.problem === 'unreachable' || state.problem === 'failing' ? 'warning' : 'bad',
        word: PROBLEM_WORDS[state.problem],
      }
  }
}

/** What answered: "Penstock 0.1.0, healthy, in 3 ms". */
export function describeCheck({ dialect, version, health, latencyMs, hasEvents }: ConnectionCheck): string {
  const what = [DIALECT_WORDS[dialect], version].filter(Boolean).join(' ')
  const how = hasEvents ? '' : '. It tells no events, so it is asked every few seconds'
  return `${what}, ${health}, answered in ${formatDuration(latencyMs)}${how}`
}
