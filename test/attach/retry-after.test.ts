import type { RequestListener } from 'node:http'
import { describe, expect, it } from 'vitest'
import type { AttachOptions } from '../../src/server/attach/attach-options.ts'
import { attachAsynq } from '../../src/server/dialects/asynq/attach.ts'
import { attachDtqs } from '../../src/server/dialects/dtqs/attach.ts'
import { attachTaskmanager } from '../../src/server/dialects/taskmanager/attach.ts'
import { attachTaskqueue } from '../../src/server/dialects/taskqueue/attach.ts'
import { attachTurbine } from '../../src/server/dialects/turbine/attach.ts'
import type { Broker } from '../../src/shared/domain/broker.ts'
import { listen } from './listen.ts'
import { littleOptions } from './little-options.ts'
import { asynqServer } from './servers/asynq.ts'
import { dtqsServer } from './servers/dtqs.ts'
import { taskmanagerServer } from './servers/taskmanager.ts'
import { taskqueueServer } from './servers/taskqueue.ts'
import { turbineServer } from './servers/turbine.ts'

const DIALECTS: Readonly<
  Record<string, [() => RequestListener, (options: AttachOptions) => Promise<Broker>]>
> = {
  asynq: [() => asynqServer().listener, attachAsynq],
  dtqs: [dtqsServer, attachDtqs],
  taskmanager: [taskmanagerServer, attachTaskmanager],
  taskqueue: [taskqueueServer, attachTaskqueue],
  turbine: [() => turbineServer().listener, attachTurbine],
}
/** In the middle of its range, so that a pause of our own is a certain number. */
const OWN_PAUSES = [125, 375]
const LONGEST_S = 10

/** A server that is busy for its first answers once it is attached to, and answers well after that. */
async function askBusy(
  dialect: string,
  busy: { status: number; retryAfter: string; times?: number; body?: object },
  ask = (broker: Broker): Promise<unknown> => broker.health(),
) {
  const [honest, attach] = DIALECTS[dialect]!
  const waits: number[] = []
  await using server = await listen(honest())
  await using broker = await attach({
    ...littleOptions(server.address),
    limits: { totalMs: LONGEST_S * 1000 },
    retries: { tries: 3 },
    random: () => 0.5,
    wait: async (ms) => void waits.push(ms),
  })
  const before = server.requests.length
  const answer = honest()
  server.use((request, response) => {
    if (server.requests.length > before + (busy.times ?? 1)) return answer(request, response)
    const headers = { 'content-type': 'application/json', 'retry-after': busy.retryAfter }
    response.writeHead(busy.status, headers).end(JSON.stringify(busy.body ?? {}))
  })
  const outcome = await ask(broker).catch((error: unknown) => error)
  return { outcome, waits, requests: server.requests.length - before }
}

describe.each(Object.keys(DIALECTS))('a server of %s', (dialect) => {
  it.each([429, 503])('that answers %i is asked again when it says', async (status) => {
    expect(await askBusy(dialect, { status, retryAfter: '7' })).toMatchObject({
      outcome: { status: 'healthy' },
      waits: [7000],
      requests: 2,
    })
  })

  it.each(['86400', '-1', '1e1', 'soon', '9'.repeat(1000)])(
    'that has no time for %s is asked again after a pause of our own',
    async (retryAfter) => {
      expect(await askBusy(dialect, { status: 503, retryAfter, times: 2 })).toMatchObject({
        outcome: { status: 'healthy' },
        waits: OWN_PAUSES,
      })
    },
  )
})

describe('an attached server', () => {
  it('is not waited for any longer than a call may take, however often it asks', async () => {
    const { outcome, waits } = await askBusy('turbine', { status: 503, retryAfter: '8', times: 9 })
    expect(waits).toEqual([8000, OWN_PAUSES[1]])
    expect(outcome).toMatchObject({ problem: 'failing' })
  })

  it.each([
    ['turbine', { error: { code: 'SERVICE_UNAVAILABLE', message: 'The disk is full.', details: {} } }],
    ['asynq', { status: 'not ready', reason: 'store unavailable' }],
  ])('of %s may say in its own words that it has no time', async (dialect, body) => {
    expect(await askBusy(dialect, { status: 503, retryAfter: '7', body })).toMatchObject({ waits: [7000] })
  })

  it('is never told twice to do something, whenever it wants to be asked again', async () => {
    const submit = (broker: Broker) => broker.submit([{ name: 'demo' }])
    const { outcome, waits, requests } = await askBusy('asynq', { status: 503, retryAfter: '1' }, submit)
    expect(outcome).toMatchObject({ message: expect.stringContaining('not known') })
    expect({ waits, requests }).toEqual({ waits: [], requests: 1 })
  })

  it('that counts requests is left alone when it wants a longer rest than there is time for', async () => {
    expect(await askBusy('dtqs', { status: 429, retryAfter: '60' })).toMatchObject({
      outcome: { code: 'RATE_LIMITED', details: { retryAfterMs: 60_000 } },
      waits: [],
      requests: 1,
    })
  })
})
