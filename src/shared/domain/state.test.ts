import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  FINAL_STATES,
  isFinal,
  LEGAL_MOVES,
  movesTo,
  statesAllowing,
  TASK_MOVES,
  TASK_STATES,
  type TaskState,
} from './state.ts'

describe('the table of legal moves', () => {
  it('leads only to states that exist', () => {
    const known = new Set<string>(TASK_STATES)
    for (const moves of Object.values(LEGAL_MOVES))
      for (const targets of Object.values(moves))
        for (const target of targets) expect(known).toContain(target)
  })

  it('lets nothing leave a final state', () => {
    for (const state of FINAL_STATES) for (const move of TASK_MOVES) expect(movesTo(state, move)).toEqual([])
  })

  it('allows cancel from every state that is not final', () => {
    expect(statesAllowing('cancel')).toEqual(TASK_STATES.filter((state) => !isFinal(state)))
  })

  it('reaches every state from a submit', () => {
    const reached = new Set<TaskState>(['scheduled', 'pending'])
    for (const from of reached)
      for (const move of TASK_MOVES) for (const target of movesTo(from, move)) reached.add(target)
    expect([...reached].toSorted()).toEqual([...TASK_STATES].toSorted())
  })

  it('keeps any walk of moves inside legal states and stops at the first final one', () => {
    const walk = fc.array(fc.tuple(fc.constantFrom(...TASK_MOVES), fc.nat()), { maxLength: 60 })
    fc.assert(
      fc.property(fc.constantFrom<TaskState>('scheduled', 'pending'), walk, (start, moves) => {
        let state: TaskState = start
        let finals = 0
        for (const [move, dice] of moves) {
          const targets = movesTo(state, move)
          if (targets.length === 0) continue
          expect(isFinal(state)).toBe(false)
          state = targets[dice % targets.length]!
          if (isFinal(state)) finals += 1
        }
        expect(finals).toBeLessThanOrEqual(1)
        expect(finals === 1).toBe(isFinal(state))
      }),
    )
  })

  it('runs a task only through a claim, and ends a run in exactly the documented ways', () => {
    expect(
      TASK_STATES.filter((state) => TASK_MOVES.some((move) => movesTo(state, move).includes('running'))),
    ).toEqual(['pending'])
    expect(new Set(TASK_MOVES.flatMap((move) => movesTo('running', move)))).toEqual(
      new Set(['succeeded', 'failed', 'retrying', 'timed_out', 'pending', 'paused', 'cancelled']),
    )
  })
})
