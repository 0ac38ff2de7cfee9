import type { RequestListener } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isAttachError } from '../../src/server/attach/attach-error.ts'
import type { AttachOptions } from '../../src/server/attach/attach-options.ts'
import { isBrokerError } from '../../src/shared/domain/errors.ts'
import { listen, type LittleServer } from './listen.ts'
import { attachImpatiently, impatientOptions, KEY, littleOptions } from './little-options.ts'
import { type Misbehaviour, MISBEHAVIOURS } from './misbehaviours.ts'
import { rewriteJson } from './rewrite-json.ts'

/** Every call must be over by then, on a machine that is busy with other things; before its own limit is. */
const LATEST_MS = 14_000
const MOST_MEMORY_BYTES = 200_000_000
const MAX_MESSAGE_LENGTH = 1000

export interface MisbehaviourSuite<Attached extends AsyncDisposable> {
  readonly name: string
  /** A server that answers well. */
  readonly honest: () => RequestListener
  readonly attach: (options: AttachOptions) => Promise<Attached>
  /** What is asked while the server misbehaves: reads and writes, each with something to answer when it does not. */
  readonly calls: Readonly<Record<string, (attached: Attached) => Promise<unknown>>>
}

/**
 * Attaches to a server that answers well and then misbehaves, in every way there is: each call must end in
 * time, with a refusal that says what is the matter or with an answer that is sound, and no key goes elsewhere.
 */
export function describeMisbehaviours<Attached extends AsyncDisposable>({
  name,
  honest,
  attach,
  calls,
}: MisbehaviourSuite<Attached>): void {
  describe(`a server of ${name}`, () => {
    let server: LittleServer
    let elsewhere: LittleServer
    let attached: Attached
    let impatient: Attached
    beforeAll(async () => {
      server = await listen(honest())
      elsewhere = await listen((_request, response) => response.end())
      attached = await attach(littleOptions(server.address))
      impatient = await attachImpatiently(attach, impatientOptions(server.address))
    })
    afterAll(async () => {
      await attached[Symbol.asyncDispose]()
      await impatient[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
      await elsewhere[Symbol.asyncDispose]()
    })

    it('that behaves answers every call of this suite', async () => {
      for (const [call, run] of Object.entries(calls)) {
        server.use(rewriteJson(honest(), (value) => value))
        expectSound(await run(attached), call)
      }
    })

    it.each(Object.entries(MISBEHAVIOURS))('that %s is survived', async (_name, misbehaviour) => {
      const before = process.memoryUsage().rss
      server.use(misbehaviour.spoil(honest(), elsewhere.address))
      const [asking, optionsFor] = misbehaviour.isEndless
        ? [impatient, impatientOptions]
        : [attached, littleOptions]
      const asked = Object.entries(calls).map(async ([call, run]) =>
        check(call, await outcomeOf(run(asking)), misbehaviour),
      )
      await Promise.all(asked)
      check('attaching', await outcomeOf(attachOnly(attach, optionsFor(server.address))), misbehaviour)
      expect(process.memoryUsage().rss - before).toBeLessThan(MOST_MEMORY_BYTES)
      expect(elsewhere.requests).toEqual([])
    })
  })
}

async function attachOnly<Attached extends AsyncDisposable>(
  attach: MisbehaviourSuite<Attached>['attach'],
  options: AttachOptions,
): Promise<void> {
  const attached = await attach(options)
  await attached[Symbol.asyncDispose]()
}

const LATE = Symbol('late')

/** What became of a call: its answer, what it threw, or that nothing came of it at all. */
async function outcomeOf(call: Promise<unknown>): Promise<unknown> {
  const ending = new AbortController()
  const late = wait(LATEST_MS, LATE, { signal: ending.signal }).catch(() => LATE)
  const outcome = await Promise.race([
    call.then(
      (answer) => ({ answer }),
      (error: unknown) => error,
    ),
    late,
  ])
  ending.abort()
  return outcome
}

function check(call: string, outcome: unknown, { outcome: wanted }: Misbehaviour): void {
  expect(outcome, `${call} has no end`).not.toBe(LATE)
  if (!(outcome instanceof Error)) {
    expect(wanted, `${call} was answered`).toBe('either')
    expectSound((outcome as { answer: unknown }).answer, call)
    return
  }
  if (!isBrokerError(outcome)) throw outcome
  expect(outcome.message, call).toMatch(/^.{10}/)
  expect(outcome.message.length, call).toBeLessThan(MAX_MESSAGE_LENGTH)
  expect(outcome.message).not.toContain(KEY)
  if (typeof wanted !== 'string')
    expect([call, isAttachError(outcome) ? outcome.problem : outcome.code]).toEqual([
      call,
      expect.toSatisfy((problem: string) => (wanted as readonly string[]).includes(problem), wanted.join()),
    ])
}

/** No number that the domain has no place for, wherever it stands. */
function expectSound(answer: unknown, path: string): void {
  if (typeof answer === 'number') {
    expect(Number.isFinite(answer), path).toBe(true)
    expect(answer, path).toBeGreaterThanOrEqual(0)
    return
  }
  if (typeof answer !== 'object' || answer === null) return
  for (const [key, value] of Object.entries(answer)) expectSound(value, `${path}.${key}`)
}
