import { afterAll, describe, expect, it } from 'vitest'
import type { AttachOptions } from '../../src/server/attach/attach-options.ts'
import { type BrokerMethod, BROKER_METHODS, capabilitiesOf } from '../../src/server/attach/lack-of.ts'
import { systemTime } from '../../src/server/clock.ts'
import type { Dialect } from '../../src/server/dialects/dialect.ts'
import type { Broker } from '../../src/shared/domain/broker.ts'
import { type CapabilityName, reasonOf } from '../../src/shared/domain/capabilities.ts'
import type { SubmitTask } from '../../src/shared/domain/task.ts'
import { serveBroker } from '../dialects/open-server.ts'
import { expectRefusal } from './expect-refusal.ts'
import type { BrokerFixture, OpenBroker } from './open-broker.ts'
import { openLocalFixture } from './open-local-fixture.ts'
import { type OwnIds, throughDialect } from './through-dialect.ts'

export interface DialectUnderTest {
  readonly dialect: Dialect
  readonly attach: (options: AttachOptions) => Promise<Broker>
  /** Of a dialect with ids of its own, see {@link OwnIds}; the same ids by default. */
  readonly ownIds?: (local: Broker) => OwnIds
  /** Calls that its document refuses although they are among those it knows; the suite's go past it. */
  readonly refusesOnPurpose?: (
    method: BrokerMethod,
    parameters: readonly unknown[],
    local: Broker,
  ) => Promise<boolean>
  /** The kinds of cases that ask for anything this dialect can do. */
  readonly cases: readonly ((open: OpenBroker) => void)[]
  /** What no case asks for, and a test of its own shows; with that test's name. */
  readonly shownElsewhere?: Readonly<Partial<Record<CapabilityName, string>>>
}

/** What is part of a call, and no call of its own. */
const PARTS_OF_CALLS: ReadonlySet<CapabilityName> = new Set<CapabilityName>([
  'submitTogether',
  'priorities',
  'scheduling',
  'cancelRunning',
  'terminate',
  'events',
])

interface DialectFixture extends BrokerFixture {
  readonly attached: Broker
  readonly local: Broker
}

async function openFixture(
  { dialect, attach, ownIds: ownIdsOf, refusesOnPurpose }: DialectUnderTest,
  onCall: (method: BrokerMethod) => void,
): Promise<DialectFixture> {
  const fixture = await openLocalFixture()
  const local = fixture.broker
  const server = await serveBroker(local, { dialects: [dialect] })
  const attached = await attach({
    address: server.url,
    apiKey: null,
    ...systemTime,
  })
  const ownIds = ownIdsOf?.(local)
  const broker = throughDialect({
    attached,
    local,
    ownIds,
    mayPass: async (method, parameters) =>
      refusesOnPurpose === undefined || !(await refusesOnPurpose(method, parameters, local)),
    onCall,
  })
  return {
    broker,
    attached,
    local,
    advance: fixture.advance,
    ...(ownIds === undefined ? {} : { idBehind: ownIds.toLocalTask }),
    async [Symbol.asyncDispose]() {
      await attached[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
      await fixture[Symbol.asyncDispose]()
    },
  }
}

/** Holds a dialect, served by the local broker and attached to, to the suite: as far as it says it goes. */
export function describeDialect(underTest: DialectUnderTest): void {
  const { dialect, cases, shownElsewhere = {} } = underTest
  const used = new Set<CapabilityName>()
  let capabilities: Broker['capabilities'] | null = null
  const open: OpenBroker = async () => {
    const fixture = await openFixture(underTest, (method) => {
      for (const name of capabilitiesOf(method)) used.add(name)
    })
    capabilities = fixture.attached.capabilities
    return fixture
  }

  describe(`a local broker attached to through ${dialect.name}`, () => {
    for (const kind of cases) kind(open)

    it('is asked for nothing that it says it cannot do', async () => {
      await using fixture = await openFixture(underTest, () => undefined)
      const { attached } = fixture
      for (const method of BROKER_METHODS) {
        const lacking = capabilitiesOf(method).find((name) => attached.capabilities[name] !== true)
        if (lacking === undefined) continue
        expect(reasonOf(attached.capabilities[lacking])).toMatch(/.{10}/)
        const call = attached[method] as (...parameters: unknown[]) => Promise<unknown>
        await expectRefusal(method === 'submit' ? call([]) : call({}, {}, {}), 'NOT_SUPPORTED')
      }
    })

    afterAll(() => {
      const unused = Object.entries(capabilities ?? {})
        .filter(([, capability]) => capability === true)
        .map(([name]) => name as CapabilityName)
        .filter((name) => !used.has(name) && !PARTS_OF_CALLS.has(name) && !(name in shownElsewhere))
      expect(unused, 'said to be there, and asked for by no case').toEqual([])
    })
  })
}

/** Whether a call submits a task of a name that nobody can run, which some documents refuse. */
export async function submitsUnknownName(
  method: BrokerMethod,
  parameters: readonly unknown[],
  local: Broker,
): Promise<boolean> {
  if (method !== 'submit') return false
  const { handlers, external } = await local.handlers()
  const names = new Set([...handlers, ...external].map(({ name }) => name))
  return (parameters[0] as readonly SubmitTask[]).some(({ name }) => name !== '' && !names.has(name))
}
