import type { Broker } from '../../src/shared/domain/broker.ts'
import type { JsonText } from '../../src/shared/domain/json.ts'
import type { SubmitTask, TaskReceipt } from '../../src/shared/domain/task.ts'

export const json = (value: unknown) => JSON.stringify(value) as JsonText

export async function submitOne(broker: Broker, task: SubmitTask): Promise<TaskReceipt> {
  const [receipt] = await broker.submit([task])
  return receipt!
}

/** An instant that no test reaches. */
export const FAR_AWAY = 4_000_000_000_000
