import { describe, expect, it } from 'vitest'
import { TASK_STATES } from '../../../shared/domain/state.ts'
import { fromTurbineState, toTurbineState, TURBINE_STATES } from './states.ts'
import { wantsEnvelope } from './wire.ts'

describe('states on this wire', () => {
  it.each([
    ['scheduled', 'pending'],
    ['pending', 'pending'],
    ['running', 'running'],
    ['retrying', 'retry'],
    ['paused', 'pending'],
    ['succeeded', 'success'],
    ['failed', 'failed'],
    ['timed_out', 'failed'],
    ['cancelled', 'revoked'],
  ] as const)('%s reads %s', (state, word) => {
    expect(toTurbineState(state)).toBe(word)
  })

  it('are found again, each under exactly one word', () => {
    expect(TURBINE_STATES.flatMap(fromTurbineState).toSorted()).toEqual(TASK_STATES.toSorted())
    for (const state of TASK_STATES) expect(fromTurbineState(toTurbineState(state))).toContain(state)
  })
})

it.each([
  ['/api/health?envelope=true', true],
  ['/api/health?a=1&envelope=true', true],
  ['/api/health?envelope=1', false],
  ['/api/health', false],
  ['/api/health?x=envelope=true', false],
])('the envelope is wanted by %s: %s', (url, expected) => {
  expect(wantsEnvelope(url)).toBe(expected)
})
