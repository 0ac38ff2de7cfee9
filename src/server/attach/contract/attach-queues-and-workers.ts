import * as z from 'zod'
import type { Broker } from '../../../shared/domain/broker.ts'
import { count, nullableText } from './answers/fields.ts'
import { overview, queue, queues, stats, taskTotals, trends } from './answers/queue-answers.ts'
import { handlerList, worker, workers } from './answers/worker-answers.ts'
import type { ContractCalls } from './contract-calls.ts'

/** The calls about where tasks wait, who runs them, and what it comes to in numbers. */
export function attachQueuesAndWorkers({ read, write }: ContractCalls) {
  return {
    overview: () => read('overview', overview, (client, o) => client.overview(undefined, o)),
    stats: (options) => read('stats', stats, (client, o) => client.stats(options, o)),
    taskTotals: () => read('taskTotals', taskTotals, (client, o) => client.taskTotals(undefined, o)),
    trends: (query) => read('trends', trends, (client, o) => client.trends(query, o)),
    handlers: () => read('handlers', handlerList, (client, o) => client.handlers(undefined, o)),

    checkInput: (name, input) =>
      read('checkInput', nullableText, (client, o) => client.checkInput({ name, ...input }, o)),

    listQueues: () => read('queues.list', queues, ({ queues: calls }, o) => calls.list(undefined, o)),
    getQueue: (name) => read('queues.get', queue, ({ queues: calls }, o) => calls.get({ name }, o)),
    setQueuePaused: (name, isPaused) =>
      write('queues.setPaused', queue, ({ queues: calls }, o) => calls.setPaused({ name, isPaused }, o)),
    updateQueue: (name, changes) =>
      write('queues.update', queue, ({ queues: calls }, o) => calls.update({ name, changes }, o)),
    purgeQueue: (name) => write('queues.purge', count, ({ queues: calls }, o) => calls.purge({ name }, o)),

    listWorkers: () => read('workers.list', workers, ({ workers: calls }, o) => calls.list(undefined, o)),
    getWorker: (id) => read('workers.get', worker, ({ workers: calls }, o) => calls.get({ id }, o)),
    getWorkerByNumber: (number) =>
      read('workers.getByNumber', worker, ({ workers: calls }, o) => calls.getByNumber({ number }, o)),
    setWorkerPaused: (id, isPaused) =>
      write('workers.setPaused', worker, ({ workers: calls }, o) => calls.setPaused({ id, isPaused }, o)),
    drainWorker: (id) => write('workers.drain', worker, ({ workers: calls }, o) => calls.drain({ id }, o)),
    resizeWorker: (id, concurrency) =>
      write('workers.resize', worker, ({ workers: calls }, o) => calls.resize({ id, concurrency }, o)),
    removeWorker: (id) =>
      write('workers.remove', z.void(), ({ workers: calls }, o) => calls.remove({ id }, o)),
    addLocalWorker: ({ name, queues: names, threads }) =>
      write('workers.addLocal', worker, ({ workers: calls }, o) =>
        calls.addLocal({ name, threads, queues: names === null ? null : [...names] }, o),
      ),
  } satisfies Partial<Broker>
}
