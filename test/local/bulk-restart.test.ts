import { expect, it } from 'vitest'
import { openTestBroker } from '../support/open-test-broker.ts'

it('a bulk operation that was under way when the broker stopped has failed, and says so', async () => {
  await using first = await openTestBroker({ waitUntilReady: false })
  await first.broker.submit(
    Array.from({ length: 5000 }, () => ({ name: 'echo', queue: 'q', runAt: 4_000_000_000_000 })),
  )
  const { id } = await first.broker.startBulk({ action: 'delete', query: { queue: 'q' } })
  await using again = await first.reopen()
  const operation = await again.broker.getOperation(id)
  expect(operation.state).toBe('failed')
  expect(operation.reason).toMatch(/^stopped: /)
  expect(operation.finishedAt).not.toBeNull()
  expect(await again.broker.countTasks({ queue: 'q' })).toBe(5000 - operation.done)
})
