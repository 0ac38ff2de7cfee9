import { describe, expect, it } from 'vitest'
import { anEvent } from '../task-fixture.ts'
import { isMembershipEvent } from './is-membership-event.ts'

const named = { name: 'send_email' }

describe('an event that may change which tasks a list has', () => {
  it('is a submit into it', () => {
    const event = anEvent('task.submitted', { data: { ...named, state: 'pending' } })
    expect(isMembershipEvent(event, {}, false)).toBe(true)
    expect(
      isMembershipEvent(event, { queue: 'emails', name: 'send_email', states: ['pending'] }, false),
    ).toBe(true)
    expect(isMembershipEvent(event, { text: 'anything' }, false)).toBe(true)
  })

  it('is not a submit elsewhere', () => {
    const event = anEvent('task.submitted', { data: { ...named, state: 'pending' } })
    expect(isMembershipEvent(event, { queue: 'payments' }, false)).toBe(false)
    expect(isMembershipEvent(event, { name: 'resize' }, false)).toBe(false)
    expect(isMembershipEvent(event, { states: ['failed', 'timed_out'] }, false)).toBe(false)
  })

  it('is a change into the state that is listed, or out of it', () => {
    const event = anEvent('task.succeeded', { data: { ...named, state: 'succeeded' } })
    expect(isMembershipEvent(event, { states: ['succeeded'] }, false)).toBe(true)
    expect(isMembershipEvent(event, { states: ['running'] }, true)).toBe(true)
  })

  it('is not a change of state where every state is listed', () => {
    expect(isMembershipEvent(anEvent('task.succeeded', { data: named }), {}, true)).toBe(false)
    expect(isMembershipEvent(anEvent('task.progress', { data: named }), { states: ['running'] }, true)).toBe(
      false,
    )
  })

  it('is the deletion of a listed task only', () => {
    expect(isMembershipEvent(anEvent('task.deleted', { data: named }), {}, true)).toBe(true)
    expect(isMembershipEvent(anEvent('task.deleted', { data: named }), {}, false)).toBe(false)
  })

  it('is what makes or takes a dead letter where those are listed', () => {
    expect(isMembershipEvent(anEvent('task.failed', { data: named }), { isDeadLetter: true }, false)).toBe(
      true,
    )
    expect(isMembershipEvent(anEvent('task.succeeded', { data: named }), { isDeadLetter: true }, false)).toBe(
      false,
    )
  })
})
