import { expect } from 'vitest'
import { taskmanager } from '../../../src/server/dialects/taskmanager/serve.ts'
import type { Broker } from '../../../src/shared/domain/broker.ts'
import { toJsonText } from '../../../src/shared/domain/json.ts'
import { untilFinal } from '../../support/until.ts'
import { documentedDialect } from './documented-dialect.ts'
import { PORT_8000 } from './port-8000.ts'

const NOT_THERE = '550e8400-e29b-41d4-a716-446655440000'
const SUBMIT = {
  task_name: 'image_super_resolution_pipeline',
  args: ['https://example.com/input-image.jpg', 'https://s3.amazonaws.com/bucket/output.jpg'],
  kwargs: {},
  priority: 5,
  sync: false,
}

/** Answers as the document's pipeline does, and reaches for nothing. */
const PIPELINE = `
  export async function image_super_resolution_pipeline({ args }, context) {
    await context.submit({ name: 'demo' })
    return {
      task_id: context.id,
      input_url: args[0],
      output_url: args[1],
      classification: { category: 'portrait', width: 1920, height: 1080, aspect_ratio: 1.78 },
    }
  }`

async function build(broker: Broker): Promise<{ readonly succeeded: string }> {
  const [receipt] = await broker.submit([{ name: SUBMIT.task_name, args: toJsonText(SUBMIT.args) }])
  await untilFinal(broker, receipt!.id)
  return { succeeded: receipt!.id }
}

export const documentedTaskmanager = documentedDialect<{ readonly succeeded: string }>({
  dialect: taskmanager,
  port: PORT_8000,
  taskFiles: { 'pipeline.ts': PIPELINE },
  build,
  requests: {
    'POST /api/v1/tasks': () => ['/api/v1/tasks', { json: SUBMIT }],
    'GET /api/v1/tasks/:task_id': ({ succeeded }) => [`/api/v1/tasks/${succeeded}`],
    'GET /health': () => ['/health'],
    'GET /dashboard': () => ['/dashboard'],
    'GET /dashboard/metrics': () => ['/dashboard/metrics'],
    'DELETE /api/v1/tasks/:task_id': ({ succeeded }) => [`/api/v1/tasks/${succeeded}`],
  },
  provocations: {
    'POST /api/v1/tasks 400': ['/api/v1/tasks', { json: { ...SUBMIT, task_name: 'nobody-knows' } }],
    'GET /api/v1/tasks/:task_id 404': [`/api/v1/tasks/${NOT_THERE}`],
    'DELETE /api/v1/tasks/:task_id 404': [`/api/v1/tasks/${NOT_THERE}`],
  },
  bodies: { 'POST /api/v1/tasks': SUBMIT },
  errorBody: () => expect.objectContaining({ detail: expect.stringMatching(/\w/) }),
})
