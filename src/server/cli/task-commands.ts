import type { Command } from 'commander'
import { parseJson, toJsonText } from '../../shared/domain/json.ts'
import { isFinal } from '../../shared/domain/state.ts'
import type { SubmitTask, Task } from '../../shared/domain/task.ts'
import type { Broker } from '../../shared/domain/broker.ts'
import { CommandError, EXIT } from './exit-codes.ts'
import { renderTask, renderTasks } from './render-task.ts'
import { safeText } from './safe-text.ts'
import { type BrokerOptions, openSession } from './session.ts'
import {
  addBrokerOptions,
  addQueryOptions,
  duration,
  instant,
  type QueryOptions,
  toTaskQuery,
  wholeNumber,
} from './task-options.ts'
import { confirm, type Terminal } from './terminal.ts'

interface SubmitOptions extends BrokerOptions {
  readonly args?: string
  readonly queue?: string
  readonly priority?: number
  readonly at?: number
  readonly timeout?: number
  readonly maxRetries?: number
  readonly idempotencyKey?: string
  readonly wait?: boolean
}

/** `submit`, `get`, `list`, `cancel` and `retry`. */
export function addTaskCommands(program: Command, terminal: Terminal): void {
  addBrokerOptions(program.command('submit <name> [kwargs]'))
    .description('submit a task; kwargs is a JSON object, as \'{"count":5}\'')
    .option('--args <json>', 'its positional input, a JSON array')
    .option('--queue <name>', 'the queue it waits in')
    .option('--priority <number>', '0 to 10, higher first', wholeNumber(0, 10))
    .option('--at <instant>', 'not before, as 2026-11-21T10:00:00Z', instant)
    .option('--timeout <duration>', 'the limit of one attempt, as 30s', duration)
    .option('--max-retries <count>', 'how often it may be tried again', wholeNumber(0, 1000))
    .option('--idempotency-key <key>', 'the same key again makes no second task')
    .option('--wait', 'wait for its end, and end with 1 when it did not succeed')
    .action(async (name: string, kwargs: string | undefined, options: SubmitOptions) => {
      const task: SubmitTask = {
        name,
        queue: options.queue,
        args: options.args === undefined ? undefined : jsonOption('--args', options.args),
        kwargs: kwargs === undefined ? undefined : jsonOption('kwargs', kwargs),
        priority: options.priority,
        runAt: options.at,
        timeoutMs: options.timeout,
        maxRetries: options.maxRetries,
        idempotencyKey: options.idempotencyKey,
      }
      await using session = await openSession(options, { isChange: true })
      const [receipt] = await session.broker.submit([task])
      if (options.wait !== true) {
        terminal.out(options.json ? jsonLine(receipt) : `${receipt!.id}\n`)
        return
      }
      const ended = await untilEnd(session.broker, receipt!.id, terminal)
      terminal.out(options.json ? jsonLine(toOutput(ended)) : `${renderTask(ended)}\n`)
      if (ended.state !== 'succeeded')
        throw new CommandError(`Task ${ended.id} has ${ended.state}.`, EXIT.failed)
    })

  addBrokerOptions(program.command('get <id>'))
    .description('show one task')
    .action(async (id: string, options: BrokerOptions) => {
      await using session = await openSession(options, { isChange: false })
      const task = await session.broker.getTask(id)
      terminal.out(options.json ? jsonLine(toOutput(task)) : `${renderTask(task)}\n`)
    })

  addQueryOptions(addBrokerOptions(program.command('list')))
    .description('list tasks, newest first')
    .option('--limit <count>', 'at most so many (default: 50)', wholeNumber(1, 1000))
    .action(async (options: BrokerOptions & QueryOptions & { limit?: number }) => {
      await using session = await openSession(options, { isChange: false })
      const { tasks, next } = await session.broker.listTasks({
        ...toTaskQuery(options),
        limit: options.limit ?? 50,
      })
      terminal.out(options.json ? tasks.map(jsonLine).join('') : `${renderTasks(tasks)}\n`)
      if (next !== null) terminal.note('There are more: raise --limit, or use export for all of them.\n')
    })

  addBrokerOptions(program.command('cancel <ids...>'))
    .description('cancel tasks; running ones are asked to end')
    .option('--terminate', 'stop running attempts instead of asking')
    .option('--yes', 'with --terminate: do not ask')
    .action(async (ids: string[], options: BrokerOptions & { terminate?: boolean; yes?: boolean }) => {
      const terminate = options.terminate === true
      if (terminate)
        await confirm(
          terminal,
          `This stops ${ids.length} task(s) in the middle of their work.`,
          options.yes === true,
        )
      await using session = await openSession(options, { isChange: true })
      for (const id of ids) {
        const task = await session.broker.cancel(id, { terminate })
        const words = task.state === 'running' ? 'asked to end' : task.state
        terminal.out(options.json ? jsonLine(toOutput(task)) : `${safeText(task.id)}  ${words}\n`)
      }
    })

  addBrokerOptions(program.command('retry <ids...>'))
    .description('submit finished tasks once more, as new ones; prints their ids')
    .action(async (ids: string[], options: BrokerOptions) => {
      await using session = await openSession(options, { isChange: true })
      for (const id of ids) {
        const receipt = await session.broker.replay(id, {})
        terminal.out(options.json ? jsonLine({ ...receipt, replayOf: id }) : `${receipt.id}\n`)
      }
    })
}

function jsonOption(name: string, text: string) {
  try {
    return toJsonText(parseJson(text))
  } catch {
    throw new CommandError(`${name} must be JSON, as '{"count":5}'; '${safeText(text, 100)}' is not.`)
  }
}

export const jsonLine = (value: unknown): string => `${JSON.stringify(value)}\n`

/** A task with its input and result as JSON, not as text. */
export function toOutput({ args, kwargs, result, ...task }: Task) {
  return {
    ...task,
    args: parseJson(args),
    kwargs: parseJson(kwargs),
    result: result === null ? null : parseJson(result),
  }
}

/** The task once it is final; its progress is told on standard error meanwhile. */
async function untilEnd(broker: Broker, id: string, terminal: Terminal): Promise<Task> {
  const subscription = broker.subscribe({ filter: { taskIds: [id] } })
  const events = subscription[Symbol.asyncIterator]()
  try {
    for (;;) {
      const task = await broker.getTask(id)
      if (isFinal(task.state)) return task
      const part =
        task.progress === null
          ? ''
          : ` ${Math.round(task.progress.fraction * 100)} % ${task.progress.message ?? ''}`
      terminal.note(`${safeText(`${task.state}${part}`, 200)}\n`)
      if ((await events.next()).done === true)
        throw new CommandError('The broker went away.', EXIT.unreachable)
    }
  } finally {
    subscription.close()
  }
}
