import type { QueueSettings } from './queue-settings.ts'
import type { Queue } from './queue.ts'

/** Steering a queue. */
export interface QueueControlPort {
  /**
   * Changes settings; what is left out stays. A queue nobody has named before exists from then on.
   * @throws INVALID_REQUEST naming the field.
   */
  updateQueue(name: string, changes: Partial<QueueSettings>): Promise<Queue>
}
