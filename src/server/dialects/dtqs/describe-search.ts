import type { OperationDescription } from '../../http/docs/description.ts'
import { bulkAnswer, presetAnswer, presetListAnswer, searchAnswer } from './answers.ts'
import type { DtqsOperation } from './operations.ts'
import { bulkBody, exportQuery, presetPageQuery, searchQuery } from './search-wire.ts'

const group = 'Search'
const invalid = [400, 'INVALID_REQUEST', 'A parameter or a field that is not understood.'] as const

type Described = Extract<DtqsOperation, `${string} /api/v1/search/${string}`>

export const searchDescriptions: Readonly<Record<Described, OperationDescription>> = {
  'GET /api/v1/search/tasks': {
    summary: 'Search tasks',
    group,
    description: `Newest first. \`search\` is literal text, found in id, name, input, result, error and metadata, whatever the case
of A to Z.`,
    query: searchQuery,
    queryExample: { status: 'FAILED', created_after: '2026-01-24', search: 'payment', limit: '50' },
    answers: { 200: { description: 'A page of tasks, and how many match.', schema: searchAnswer } },
    errors: [invalid],
  },
  'GET /api/v1/search/presets': {
    summary: 'Filters that are ready to use',
    group,
    answers: { 200: { description: 'The presets.', schema: presetListAnswer } },
  },
  'GET /api/v1/search/presets/:name': {
    summary: 'Search with a preset',
    group,
    path: { name: { description: 'Name of a preset.', example: 'failed_today' } },
    query: presetPageQuery,
    answers: { 200: { description: 'A page of tasks, and how many match.', schema: presetAnswer } },
    errors: [
      invalid,
      [404, 'PRESET_NOT_FOUND', 'There is no such preset; the message names those there are.'],
    ],
  },
  'GET /api/v1/search/tasks/export/csv': {
    summary: 'Save what a search finds as CSV',
    group,
    description: `All of it, unless a limit is given. What a spreadsheet would run as a formula gets an apostrophe in front;
\`bom=true\` adds the mark that some spreadsheets need to read UTF-8.`,
    query: exportQuery,
    answers: { 200: { description: 'A file, a row a task.', contentType: 'text/csv' } },
    errors: [invalid],
  },
  'POST /api/v1/search/tasks/bulk-action': {
    summary: 'Act on everything that a search finds',
    group,
    description: `\`retry\` runs again what failed or was cancelled, \`cancel\` cancels, \`priority_boost\` sets \`new_priority\`. Without a
filter \`all\` must be true.`,
    body: { schema: bulkBody, example: { action: 'retry', status: 'FAILED', search: 'payment' } },
    answers: {
      200: { description: 'It is done.', schema: bulkAnswer },
      202: { description: 'It takes longer than 30 s, and goes on.', schema: bulkAnswer },
    },
    errors: [invalid],
  },
  'GET /api/v1/search/tasks/bulk-action/:operation_id': {
    summary: 'How far such an action is',
    group,
    path: { operation_id: { description: 'From the answer of the action.', example: 'operation-uuid' } },
    answers: { 200: { description: 'The action.', schema: bulkAnswer } },
    errors: [[404, 'OPERATION_NOT_FOUND', 'There is none; the last 100 are kept.']],
  },
}
