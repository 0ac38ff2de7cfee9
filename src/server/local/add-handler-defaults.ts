import type { LoadedHandlers } from '../../shared/domain/worker.ts'

/** What a handler may have settings of its own for. */
export interface TaskWithDefaults {
  readonly name: string
  readonly timeoutMs?: number | undefined
  readonly maxRetries?: number | undefined
}

/** A handler's own settings stand between what a submit says and the product's defaults. */
export function addHandlerDefaults<Task extends TaskWithDefaults>(
  task: Task,
  { handlers }: LoadedHandlers,
): Task {
  const handler = handlers.find(({ name }) => name === task.name)
  if (handler === undefined) return task
  return {
    ...task,
    timeoutMs: task.timeoutMs ?? handler.timeoutMs ?? undefined,
    maxRetries: task.maxRetries ?? handler.maxRetries ?? undefined,
  }
}
