import type { Broker } from '../../shared/domain/broker.ts'
import type { ImplementedContract } from './implement-contract.ts'

/** Calls about where tasks wait, and who runs them. */
export function routeQueuesAndWorkers({ queues, workers }: ImplementedContract, broker: Broker) {
  return {
    queues: {
      list: queues.list.handler(() => broker.listQueues()),
      get: queues.get.handler(({ input: { name } }) => broker.getQueue(name)),
      setPaused: queues.setPaused.handler(({ input: { name, isPaused } }) =>
        broker.setQueuePaused(name, isPaused),
      ),
      update: queues.update.handler(({ input: { name, changes } }) => broker.updateQueue(name, changes)),
      purge: queues.purge.handler(({ input: { name } }) => broker.purgeQueue(name)),
    },
    workers: {
      list: workers.list.handler(() => broker.listWorkers()),
      get: workers.get.handler(({ input: { id } }) => broker.getWorker(id)),
      getByNumber: workers.getByNumber.handler(({ input: { number } }) => broker.getWorkerByNumber(number)),
      setPaused: workers.setPaused.handler(({ input: { id, isPaused } }) =>
        broker.setWorkerPaused(id, isPaused),
      ),
      drain: workers.drain.handler(({ input: { id } }) => broker.drainWorker(id)),
      resize: workers.resize.handler(({ input: { id, concurrency } }) =>
        broker.resizeWorker(id, concurrency),
      ),
      remove: workers.remove.handler(({ input: { id } }) => broker.removeWorker(id)),
      addLocal: workers.addLocal.handler(({ input }) => broker.addLocalWorker(input)),
    },
  }
}
