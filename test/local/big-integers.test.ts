import { describe, expect, it } from 'vitest'
import { json } from '../conformance/submit-one.ts'
import { openTestBroker } from '../support/open-test-broker.ts'
import { untilFinal } from '../support/until.ts'

const TASKS = `
export function next({ args, kwargs }: any, context: any) {
  if (context.attempt === 1) {
    context.checkpoint({ reached: kwargs.n + 1n })
    throw Object.assign(new Error('again'), { retryAfterMs: 1 })
  }
  return { next: context.checkpointed.reached + 1n, text: 'x' + kwargs.n, types: [typeof kwargs.n, typeof args[0]] }
}
export const parent = async ({ kwargs }: any, context: any) =>
  (await context.submit({ name: 'half', kwargs: { n: kwargs.n * 2n } })).id
export const half = ({ kwargs }: any) => kwargs.n / 2n
`

describe('an integer beyond 2^53', () => {
  it('is a bigint in a handler, which may calculate with it and hand it on, digit for digit', async () => {
    await using fixture = await openTestBroker({ taskFiles: { 'big.ts': TASKS } })
    const { broker } = fixture
    const kwargs = json({ n: '#' }).replace('"#"', '9007199254740993') as ReturnType<typeof json>
    const [calculated, handedOn] = await broker.submit([
      { name: 'next', kwargs, args: json([7]), maxRetries: 1 },
      { name: 'parent', kwargs },
    ])
    expect((await untilFinal(broker, calculated!.id)).result).toBe(
      '{"next":9007199254740995,"text":"x9007199254740993","types":["bigint","number"]}',
    )
    const child = JSON.parse((await untilFinal(broker, handedOn!.id)).result!) as string
    expect(await untilFinal(broker, child)).toMatchObject({
      kwargs: '{"n":18014398509481986}',
      result: '9007199254740993',
    })
  })
})
