import { expect } from 'vitest'
import type { SubmitTask } from '../../src/shared/domain/task.ts'
import type { Answer, TestServer } from './open-server.ts'

export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/
export const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
/** What a row says besides the document's fields, of a task that ran once and failed. */
export const ADDED_TO_A_ROW = {
  error_type: expect.any(String),
  attempt: 1,
  progress: null,
  timeout_seconds: 300,
  scheduled_at: null,
  updated_at: expect.stringMatching(INSTANT),
  original_task_id: null,
  parent_task_id: null,
  workflow_id: null,
}
/** Later than any test. */
export const FAR_AWAY = 4_000_000_000_000

interface Listed {
  readonly task_id: string
}

/** Ids of a list, in its order. */
export const idsIn = ({ body }: { readonly body: { readonly tasks: readonly Listed[] } }) =>
  body.tasks.map(({ task_id: id }) => id)

export async function submitOne({ broker }: TestServer, task: SubmitTask): Promise<string> {
  const [receipt] = await broker.submit([task])
  return receipt!.id
}

/** A refusal as the document prints it: these four fields and no other. */
export function expectRefusal({ status, body }: Answer, wanted: number, code: string): void {
  expect([status, body]).toEqual([
    wanted,
    {
      detail: expect.stringMatching(/\w/),
      code,
      request_id: expect.stringMatching(/^req-[0-9a-f-]{36}$/),
      timestamp: expect.stringMatching(INSTANT),
    },
  ])
}
