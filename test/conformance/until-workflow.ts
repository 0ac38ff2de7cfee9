import type { Broker } from '../../src/shared/domain/broker.ts'
import type { Workflow } from '../../src/shared/domain/workflow.ts'

/** The workflow once `accept` says so; looks again at each event. */
export async function untilWorkflow(
  broker: Broker,
  id: string,
  accept: (workflow: Workflow) => boolean = ({ state }) => state !== 'running',
): Promise<Workflow> {
  const events = broker.subscribe({})
  const iterator = events[Symbol.asyncIterator]()
  try {
    for (;;) {
      const workflow = await broker.getWorkflow(id)
      if (accept(workflow)) return workflow
      await iterator.next()
    }
  } finally {
    events.close()
  }
}
