import type { QueryClient } from '@tanstack/react-query'
import { countOf } from '../ui/format/count.ts'
import { showToast } from '../ui/toast/toast-store.ts'
import type { BrokerClient } from './client.ts'
import { describeFailure } from './failure.ts'

/** Starts the sample load and says so; what failed is said too, never thrown. */
export async function runSampleLoad(client: BrokerClient, queryClient: QueryClient): Promise<void> {
  try {
    const { queue, tasks } = await client.sample.run()
    showToast({
      tone: 'success',
      message: `Sending ${countOf(tasks, 'task')} to the queue ${queue} over a minute`,
    })
  } catch (error) {
    showToast({
      tone: 'failure',
      message: `The sample load did not start. ${describeFailure(error).message}`,
    })
  }
  await queryClient.invalidateQueries()
}

/** Stops the sample load and removes its tasks; says how many. */
export async function clearSampleLoad(client: BrokerClient, queryClient: QueryClient): Promise<void> {
  try {
    const removed = await client.sample.clear()
    showToast({ tone: 'success', message: `Removed ${countOf(removed, 'sample task')}` })
  } catch (error) {
    showToast({
      tone: 'failure',
      message: `The sample tasks are still there. ${describeFailure(error).message}`,
    })
  }
  await queryClient.invalidateQueries()
}
