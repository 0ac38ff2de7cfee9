import type { TaskPage } from '../../../../shared/domain/broker.ts'
import type { Task } from '../../../../shared/domain/task.ts'
import { FRAMES, headOf, writeTask, type ExportFormat } from './write-tasks.ts'

/** Most tasks in one file, and most characters: it is put together in the window's memory. */
export const MAX_EXPORTED = 10_000
const MAX_EXPORTED_LENGTH = 64_000_000
/** Tasks asked for at a time; they come with their payloads. */
const PAGE_SIZE = 200

export interface Collected {
  readonly parts: readonly string[]
  readonly count: number
  /** There were more; the file ends at one of the limits. */
  readonly isCut: boolean
}

interface CollectOptions {
  readonly format: ExportFormat
  readonly secretWords: readonly string[]
  readonly list: (page: { readonly limit: number; readonly cursor?: string }) => Promise<TaskPage<Task>>
  /** For tests. */
  readonly maxCount?: number
  readonly maxLength?: number
}

/** Reads a list to its end, or to a limit, and writes it. @throws what `list` does */
export async function collectTasks(options: CollectOptions): Promise<Collected> {
  const { format, secretWords, list, maxCount = MAX_EXPORTED, maxLength = MAX_EXPORTED_LENGTH } = options
  const { before, between, after } = FRAMES[format]
  const parts = [before]
  let count = 0
  let length = 0
  let cursor: string | null = null
  for (;;) {
    const page: TaskPage<Task> = await list({ limit: PAGE_SIZE, ...(cursor !== null && { cursor }) })
    for (const task of page.tasks) {
      const text = writeTask(format, task, secretWords)
      if (count >= maxCount || (count > 0 && length + text.length > maxLength)) {
        return { parts: [...parts, after], count, isCut: true }
      }
      parts.push(count === 0 ? headOf(format, task) : between, text)
      count += 1
      length += text.length
    }
    cursor = page.next
    if (cursor === null) return { parts: [...parts, after], count, isCut: false }
  }
}
