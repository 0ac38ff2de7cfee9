import type { Broker } from '../../shared/domain/broker.ts'
import { MAX_PAGE_SIZE } from '../../shared/domain/limits.ts'
import type { ImplementedContract } from './implement-contract.ts'

/** Calls about tasks, one by one and many at once. */
export function routeTasks({ tasks, bulk, deadLetters }: ImplementedContract, broker: Broker) {
  return {
    tasks: {
      list: tasks.list.handler(({ input }) => broker.listTasks(input)),
      listFull: tasks.listFull.handler(({ input }) => broker.listFullTasks(input)),
      count: tasks.count.handler(({ input }) => broker.countTasks(input)),
      get: tasks.get.handler(({ input: { id } }) => broker.getTask(id)),
      getByNumber: tasks.getByNumber.handler(({ input: { number } }) => broker.getTaskByNumber(number)),
      attempts: tasks.attempts.handler(({ input: { id } }) => broker.attempts(id)),
      progress: tasks.progress.handler(({ input: { id, fromId, limit = MAX_PAGE_SIZE } }) =>
        broker.progressHistory(id, fromId === undefined ? { limit } : { fromId, limit }),
      ),
      logs: tasks.logs.handler(({ input: { id } }) => broker.logs(id)),
      subtasks: tasks.subtasks.handler(({ input: { id, ...page } }) => broker.subtasks(id, page)),
      submit: tasks.submit.handler(({ input }) => broker.submit(input.tasks)),
      cancel: tasks.cancel.handler(({ input: { id, terminate } }) => broker.cancel(id, { terminate })),
      pause: tasks.pause.handler(({ input: { id } }) => broker.pauseTask(id)),
      resume: tasks.resume.handler(({ input: { id } }) => broker.resumeTask(id)),
      update: tasks.update.handler(({ input: { id, changes } }) => broker.updateTask(id, changes)),
      replay: tasks.replay.handler(({ input: { id, changes } }) => broker.replay(id, changes)),
      delete: tasks.delete.handler(({ input: { id } }) => broker.deleteTask(id)),
    },
    bulk: {
      start: bulk.start.handler(({ input }) => broker.startBulk(input)),
      get: bulk.get.handler(({ input: { id } }) => broker.getOperation(id)),
      cancel: bulk.cancel.handler(({ input: { id } }) => broker.cancelOperation(id)),
      list: bulk.list.handler(() => broker.listOperations()),
    },
    deadLetters: {
      groups: deadLetters.groups.handler(({ input }) => broker.failureGroups(input)),
      reprocess: deadLetters.reprocess.handler(({ input: { queue, selection } }) =>
        broker.reprocessDeadLetters(queue, selection),
      ),
      purge: deadLetters.purge.handler(({ input: { queue, selection } }) =>
        broker.purgeDeadLetters(queue, selection),
      ),
    },
  }
}
