import { type Command, InvalidArgumentError, Option } from 'commander'
import { parseGoDuration } from '../../shared/domain/go-duration.ts'
import { isTaskState, TASK_STATES, type TaskState } from '../../shared/domain/state.ts'
import type { TaskQuery } from '../../shared/domain/task-query.ts'
import { ATTACHABLE_NAMES } from '../../shared/domain/connection.ts'

/** Reads a whole number within limits, for commander. */
export const wholeNumber = (least: number, most: number) => (text: string) => {
  const number = Number(text)
  if (/^\d+$/.test(text) && number >= least && number <= most) return number
  throw new InvalidArgumentError(`Give a whole number from ${least} to ${most}.`)
}

export function duration(text: string): number {
  const ms = parseGoDuration(text)
  if (ms === null) throw new InvalidArgumentError('Give a duration, as 30s, 5m or 1h30m.')
  return ms
}

export function instant(text: string): number {
  const at = Date.parse(text)
  if (Number.isNaN(at)) throw new InvalidArgumentError('Give an instant, as 2026-11-21T10:00:00Z.')
  return at
}

function states(text: string): readonly TaskState[] {
  return text.split(',').map((word) => {
    if (!isTaskState(word)) throw new InvalidArgumentError(`Choose from ${TASK_STATES.join(', ')}.`)
    return word
  })
}

export interface QueryOptions {
  readonly state?: readonly TaskState[]
  readonly queue?: string
  readonly name?: string
  readonly search?: string
  readonly createdAfter?: number
  readonly createdBefore?: number
}

/** Which tasks, for `list` and `export`. */
export function addQueryOptions(command: Command): Command {
  return command
    .addOption(new Option('--state <states>', 'only these, as failed,timed_out').argParser(states))
    .option('--queue <name>', 'only of this queue')
    .option('--name <name>', 'only of this task name')
    .option('--search <text>', 'only with this text in id, name, input, result, error or metadata')
    .option('--created-after <instant>', 'only submitted from then on', instant)
    .option('--created-before <instant>', 'only submitted before', instant)
}

export function toTaskQuery({
  state,
  queue,
  name,
  search,
  createdAfter,
  createdBefore,
}: QueryOptions): TaskQuery {
  return { states: state, queue, name, text: search, createdAfter, createdBefore }
}

export function addBrokerOptions(command: Command): Command {
  return command
    .option('--broker <address>', 'a connection by name, or an address as http://host:port')
    .addOption(
      new Option('--speaks <format>', 'what that address speaks; left out, it is asked').choices(
        ATTACHABLE_NAMES,
      ),
    )
    .option('--data <folder>', 'the data folder whose broker and connections are meant')
    .option('--json', 'answer with JSON, for scripts')
}
