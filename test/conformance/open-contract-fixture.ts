import { VERSION } from '../../src/server/app/version.ts'
import { attachContract } from '../../src/server/attach/contract/attach-contract.ts'
import { systemTime } from '../../src/server/clock.ts'
import { serveContract } from '../support/serve-contract.ts'
import type { OpenBroker } from './open-broker.ts'
import { openLocalFixture } from './open-local-fixture.ts'

/** The local broker under test, served over HTTP by the contract and attached to through it. */
export const openContractFixture: OpenBroker = Object.assign(
  async () => {
    const local = await openLocalFixture()
    const served = await serveContract(local.broker)
    const broker = await attachContract({
      address: served.address,
      apiKey: null,
      version: VERSION,
      ...systemTime,
    })
    return {
      broker,
      advance: local.advance,
      async [Symbol.asyncDispose]() {
        await broker[Symbol.asyncDispose]()
        await served[Symbol.asyncDispose]()
        await local[Symbol.asyncDispose]()
      },
    }
  },
  { lacks: ['externalWorkers'] as const },
)
