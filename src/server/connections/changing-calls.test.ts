import { describe, expect, it } from 'vitest'
import { CAPABILITY_NAMES, EVERYTHING } from '../../shared/domain/capabilities.ts'
import { BROKER_METHODS, capabilitiesOf } from '../attach/lack-of.ts'
import { isChanging, readingOnly } from './changing-calls.ts'

describe('through a read-only connection', () => {
  const kept = readingOnly(EVERYTHING.capabilities, 'It is read-only.')
  const callsOf = (name: (typeof CAPABILITY_NAMES)[number]) =>
    BROKER_METHODS.filter((method) => capabilitiesOf(method).includes(name))
  // Dead letters are also looked at, with the call that lists tasks.
  const withCalls = CAPABILITY_NAMES.filter((name) => name !== 'deadLetters' && callsOf(name).length > 0)

  it.each(withCalls.filter((name) => callsOf(name).every(isChanging)))(
    '%s is lacking, with the reason: each of its calls changes something',
    (name) => expect(kept[name]).toEqual({ available: false, reason: 'It is read-only.' }),
  )

  it.each(withCalls.filter((name) => !callsOf(name).some(isChanging)))(
    '%s is there: none of its calls changes anything',
    (name) => expect(kept[name]).toBe(true),
  )

  it('dead letters are there to be looked at', () => expect(kept.deadLetters).toBe(true))

  it('what the server lacks is lacking for its own reason', () => {
    const reason = 'It has no queues.'
    const lacking = { ...EVERYTHING.capabilities, queues: { available: false as const, reason } }
    expect(readingOnly(lacking, 'It is read-only.').queues).toEqual({ available: false, reason })
  })
})
