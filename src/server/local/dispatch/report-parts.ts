import type { WorkerReport } from '../store/writer.ts'
import type { LiveAttempt } from './pool-state.ts'

/** What a worker told, while it is gathered. */
export type ReportPart = {
  -readonly [Part in keyof WorkerReport]: WorkerReport[Part] extends readonly (infer One)[]
    ? One[]
    : WorkerReport[Part]
}

export const emptyReport = (workerId: string): ReportPart => ({
  workerId,
  started: [],
  progress: [],
  logs: [],
  checkpoints: [],
  ended: [],
})

/** Sorts what the executor tells in one go by the pool it is of: each pool is a worker of its own. */
export function createReportParts() {
  const parts = new Map<string, ReportPart>()
  return {
    of({ pool: { id } }: LiveAttempt): ReportPart {
      let part = parts.get(id)
      if (part === undefined) parts.set(id, (part = emptyReport(id)))
      return part
    },
    all: (): Iterable<WorkerReport> => parts.values(),
  }
}
