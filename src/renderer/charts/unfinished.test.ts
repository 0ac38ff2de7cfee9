import { describe, expect, it } from 'vitest'
import { UNFINISHED_STATES } from '../../shared/domain/state.ts'
import { UNFINISHED_BAR_ORDER } from './unfinished.ts'

describe('the bar of what is unfinished', () => {
  it('leaves out no unfinished state', () => {
    expect(UNFINISHED_BAR_ORDER.toSorted()).toEqual(UNFINISHED_STATES.toSorted())
  })
})
