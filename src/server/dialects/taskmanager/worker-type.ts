import type { Worker } from '../../../shared/domain/worker.ts'

const TYPES = ['io', 'cpu', 'gpu'] as const

/** What kind of work something is for. */
export type WorkerType = (typeof TYPES)[number] | 'unknown'

/** By a queue's name: `gpu`, `gpu-large`, `gpu.1` and `gpu:x` are for one type, `default` is for none. */
export function typeOfQueue(queue: string): WorkerType {
  const word = queue.toLowerCase().split(/[-_.:]/)[0]
  return TYPES.find((type) => type === word) ?? 'unknown'
}

/** The type that all its queues have in common; unknown when it takes from every queue, or they differ. */
export function typeOfWorker({ queues }: Pick<Worker, 'queues'>): WorkerType {
  const types = new Set((queues ?? []).map(typeOfQueue))
  const [type] = types
  return types.size === 1 ? type! : 'unknown'
}
