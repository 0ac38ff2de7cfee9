import { describe, expect, it } from 'vitest'
import { type CapabilityName, EVERYTHING as FULL } from '../../shared/domain/capabilities.ts'
import { type BrokerMethod, BROKER_METHODS, lackOf } from './lack-of.ts'
import { limitBroker } from './limit-broker.ts'
import { refuseEvents } from './no-events.ts'

const lacking = (name: CapabilityName, reason: string) => ({
  ...FULL,
  capabilities: { ...FULL.capabilities, [name]: { available: false as const, reason } },
})

describe('what a call lacks', () => {
  it('is nothing where everything is there', () => {
    const everything = {
      states: ['pending' as const],
      text: 'x',
      sort: { by: 'priority' as const, isDescending: true },
    }
    expect(lackOf('listTasks', [everything], FULL)).toBeNull()
    const task = { name: 'a', priority: 3, runAt: 1, unique: { key: 'k', forMs: 1 }, parentId: 'p' }
    expect(lackOf('submit', [[task, task]], FULL)).toBeNull()
  })

  it('is the reason of its capability', () => {
    expect(lackOf('listSchedules', [{}], lacking('schedules', 'no schedules there'))).toBe(
      'no schedules there',
    )
    expect(lackOf('listWorkers', [], lacking('schedules', 'no schedules there'))).toBeNull()
  })

  it('is what its parameters ask for', () => {
    const noTerminate = lacking('terminate', 'never stopped')
    expect(lackOf('cancel', ['id', { terminate: true }], noTerminate)).toBe('never stopped')
    expect(lackOf('cancel', ['id', { terminate: false }], noTerminate)).toBeNull()
    const one = lacking('submitTogether', 'one by one')
    expect(lackOf('submit', [[{ name: 'a' }, { name: 'b' }]], one)).toBe('one by one')
    expect(lackOf('submit', [[{ name: 'a' }]], one)).toBeNull()
  })

  it('is a field that is not taken, and not one that is not given', () => {
    const known = { ...FULL, coverage: { ...FULL.coverage, submitFields: ['name' as const] } }
    expect(lackOf('submit', [[{ name: 'a', metadata: {} }]], known)).toContain("'metadata'")
    expect(lackOf('submit', [[{ name: 'a', metadata: undefined }]], known)).toBeNull()
  })

  it('is a state that cannot be told from one that is not asked for', () => {
    const stateGroups = [
      ['pending', 'paused'],
      ['failed', 'timed_out'],
    ] as const
    const known = { ...FULL, coverage: { ...FULL.coverage, stateGroups } }
    expect(lackOf('listTasks', [{ states: ['paused'] }], known)).toContain('paused')
    expect(lackOf('listTasks', [{ states: ['paused', 'pending'] }], known)).toBeNull()
    expect(lackOf('listTasks', [{}], known)).toBeNull()
  })
})

describe('a broker of what a system can do', () => {
  const health = { status: 'healthy' as const, startedAt: 0, components: [] }
  const limited = limitBroker({
    capabilities: lacking('cancel', 'nothing is cancelled there').capabilities,
    coverage: FULL.coverage,
    calls: { health: async () => health, cancel: async () => expect.unreachable('it must not be asked') },
    subscribe: () => refuseEvents('it tells none'),
    [Symbol.asyncDispose]: async () => undefined,
  })

  it('has every call there is', () => {
    const missing = BROKER_METHODS.filter((method: BrokerMethod) => typeof limited[method] !== 'function')
    expect(missing).toEqual([])
  })

  it('answers what it can, and refuses the rest without asking', async () => {
    expect(await limited.health()).toEqual(health)
    await expect(limited.cancel('id', { terminate: false })).rejects.toMatchObject({
      code: 'NOT_SUPPORTED',
      message: 'nothing is cancelled there',
      details: { operation: 'cancel' },
    })
    await expect(limited.subscribe({})[Symbol.asyncIterator]().next()).rejects.toThrow('it tells none')
  })
})
