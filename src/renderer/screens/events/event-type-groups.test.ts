import { describe, expect, it } from 'vitest'
import { EVENT_TYPES } from '../../../shared/domain/event.ts'
import { describeTypes, EVENT_TYPE_GROUPS, switchGroup } from './event-type-groups.ts'

const [submitted, started] = EVENT_TYPE_GROUPS

describe('the filter by type', () => {
  it('offers every type exactly once', () => {
    expect(EVENT_TYPE_GROUPS.flatMap(({ types }) => types).toSorted()).toEqual(EVENT_TYPES.toSorted())
  })

  it('means all again when the last choice is taken back, or everything is chosen', () => {
    if (submitted === undefined) throw new Error('there are no groups')
    const one = switchGroup(undefined, submitted, true)

    expect(one).toEqual(submitted.types)
    expect(switchGroup(one, submitted, false)).toBeUndefined()
    expect(
      EVENT_TYPE_GROUPS.reduce((chosen, group) => switchGroup(chosen, group, true) ?? [], one ?? []),
    ).toEqual([])
  })

  it('names a single choice, and counts several', () => {
    if (submitted === undefined || started === undefined) throw new Error('there are no groups')

    expect(describeTypes(undefined)).toBe('All events')
    expect(describeTypes(submitted.types)).toBe('Submitted')
    expect(describeTypes([...submitted.types, ...started.types])).toBe('2 kinds')
    expect(describeTypes(['task.failed'])).toBe('1 type')
  })
})
