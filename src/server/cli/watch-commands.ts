import type { Command } from 'commander'
import { EVENT_TYPES, type EventType } from '../../shared/domain/event.ts'
import type { EventsState } from '../attach/attach-subscription.ts'
import { systemWait } from '../clock.ts'
import { CommandError } from './exit-codes.ts'
import { renderEvent } from './render-task.ts'
import { renderTop } from './render-top.ts'
import { type BrokerOptions, openSession } from './session.ts'
import { addBrokerOptions, wholeNumber } from './task-options.ts'
import { jsonLine } from './task-commands.ts'
import type { Terminal } from './terminal.ts'

interface TailOptions extends BrokerOptions {
  readonly after?: number
  readonly type?: readonly string[]
  readonly queue?: string
  readonly task?: readonly string[]
  readonly count?: number
}

/** `tail` and `top`. */
export function addWatchCommands(program: Command, terminal: Terminal): void {
  addBrokerOptions(program.command('tail'))
    .description('follow the events; when the connection is lost it goes on where it stopped')
    .option('--after <number>', 'begin after this event, 0 for the oldest kept', wholeNumber(0, 2 ** 53 - 1))
    .option('--type <types...>', 'only these, as task.failed task.timed_out')
    .option('--queue <name>', 'only of this queue')
    .option('--task <ids...>', 'only of these tasks')
    .option('--count <count>', 'end after so many', wholeNumber(1, 2 ** 31))
    .action(async (options: TailOptions) => {
      const types = options.type?.map(toEventType)
      const onEvents = (state: EventsState) => {
        if (state.kind === 'lost')
          terminal.note(`${state.error.message} Trying again in ${(state.retryInMs / 1000).toFixed(1)} s.\n`)
      }
      await using session = await openSession(options, { isChange: false, onEvents })
      const filter = { types, queue: options.queue, taskIds: options.task }
      const subscription = session.broker.subscribe({ after: options.after, filter })
      stopOnInterrupt(() => subscription.close())
      let left = options.count ?? Infinity
      for await (const { events, missed } of subscription) {
        if (missed > 0)
          terminal.note(`${missed} events came too fast, or are no longer kept, and are not shown.\n`)
        for (const event of events.slice(0, left))
          terminal.out(options.json ? jsonLine(event) : `${renderEvent(event)}\n`)
        left -= events.length
        if (left <= 0) break
      }
    })

  addBrokerOptions(program.command('top'))
    .description('a live table of queues and workers')
    .option('--interval <seconds>', 'how often it is looked at (default: 2)', wholeNumber(1, 3600))
    .option('--once', 'show it once and end; so it is without a terminal')
    .action(async (options: BrokerOptions & { interval?: number; once?: boolean }) => {
      await using session = await openSession(options, { isChange: false })
      const stopping = new AbortController()
      stopOnInterrupt(() => stopping.abort())
      const isLive = options.once !== true && options.json !== true && terminal.isOutTerminal
      do {
        const [overview, queues, workers] = await Promise.all([
          session.broker.overview(),
          session.broker.listQueues(),
          session.broker.listWorkers(),
        ])
        if (options.json) {
          terminal.out(jsonLine({ overview, queues, workers }))
          return
        }
        const text = renderTop(
          { name: session.name, overview, queues, workers },
          isLive ? terminal.rows - 1 : Infinity,
        )
        // Home, then each line with the rest of the old one erased, then what is left below: no flicker.
        terminal.out(
          isLive ? `\u001b[H${text.replaceAll('\n', '\u001b[K\n')}\u001b[K\n\u001b[J` : `${text}\n`,
        )
        if (isLive) await systemWait((options.interval ?? 2) * 1000, stopping.signal)
      } while (isLive && !stopping.signal.aborted)
    })
}

function toEventType(text: string): EventType {
  const type = EVENT_TYPES.find((each) => each === text)
  if (type === undefined)
    throw new CommandError(`There is no event '${text}'. Choose from ${EVENT_TYPES.join(', ')}.`)
  return type
}

function stopOnInterrupt(stop: () => void): void {
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
}
