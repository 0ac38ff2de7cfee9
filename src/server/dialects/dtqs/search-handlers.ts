import type { FastifyReply } from 'fastify'
import type { Broker } from '../../../shared/domain/broker.ts'
import type { TaskQuery } from '../../../shared/domain/task-query.ts'
import { tellOrigin } from '../answer-origin.ts'
import { type DialectDependencies, type OperationHandlers, pathParameter } from '../dialect.ts'
import { readInput } from '../read-input.ts'
import { runBulkAction, toBulkAnswer, toNewBulk } from './bulk-action.ts'
import { exportCsv } from './export-csv.ts'
import type { DtqsOperation } from './operations.ts'
import { findPreset, toPresetList } from './presets.ts'
import { type Page, toPage } from './query-fields.ts'
import { bulkBody, exportQuery, presetPageQuery, searchQuery, toSearchQuery } from './search-wire.ts'
import { toTaskItem } from './wire.ts'

export type SearchOperation = Extract<DtqsOperation, `${string} /api/v1/search/${string}`>

export function searchHandlers({ broker, clock }: DialectDependencies): OperationHandlers<SearchOperation> {
  return {
    'GET /api/v1/search/tasks': async (request, reply) => {
      const asked = readInput(searchQuery, request.query)
      return find(broker, reply, toSearchQuery(asked), asked)
    },
    'GET /api/v1/search/presets': toPresetList,
    'GET /api/v1/search/presets/:name': async (request, reply) => {
      const preset = findPreset(pathParameter(request, 'name'))
      const page = readInput(presetPageQuery, request.query)
      return { preset: preset.name, ...(await find(broker, reply, preset.toQuery(clock.now()), page)) }
    },
    'GET /api/v1/search/tasks/export/csv': (request, reply) => {
      const { limit, offset, bom, ...asked } = readInput(exportQuery, request.query)
      return exportCsv(broker, reply, { query: toSearchQuery(asked), limit, offset, hasMark: bom })
    },
    'POST /api/v1/search/tasks/bulk-action': (request, reply) =>
      runBulkAction(broker, reply, toNewBulk(readInput(bulkBody, request.body))),
    'GET /api/v1/search/tasks/bulk-action/:operation_id': async (request) =>
      toBulkAnswer(await broker.getOperation(pathParameter(request, 'operation_id'))),
  }
}

async function find(broker: Broker, reply: FastifyReply, query: TaskQuery, { limit, offset }: Page) {
  const [page, total] = await Promise.all([
    broker.listTasks({ ...query, order: 'newest', limit, offset }),
    broker.countTasks(query),
  ])
  const tasks = tellOrigin(broker, reply, page).tasks.map(toTaskItem)
  return { ...toPage('tasks', tasks, { total, limit, offset }), page: Math.floor(offset / limit) + 1 }
}
