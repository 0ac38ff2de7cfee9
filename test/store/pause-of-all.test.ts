import { describe, expect, it } from 'vitest'
import { createIds } from '../../src/server/local/store/create-ids.ts'
import { createWriter } from '../../src/server/local/store/writer.ts'
import { openWriter, type OpenWriter } from './open-writer.ts'

/** The queues that are paused, by name. */
const paused = ({ db }: OpenWriter) =>
  db.prepare<[], string>('SELECT name FROM queues WHERE is_paused = 1 ORDER BY name').pluck().all()

const submit = (opened: OpenWriter, queue: string) =>
  opened.run('submit', { tasks: [{ name: 'x', queue }], now: 1 }, 1)
const setAll = (opened: OpenWriter, isPaused: boolean) => opened.run('setAllPaused', { isPaused, now: 2 }, 2)
const setOne = (opened: OpenWriter, queue: string, isPaused: boolean) =>
  opened.run('setQueuePaused', { queue, isPaused, now: 3 }, 3)

describe('pausing everything', () => {
  it('pauses the queues there are, once each, and tells how many', async () => {
    using opened = await openWriter()
    for (const queue of ['mail', 'reports', 'held']) submit(opened, queue)
    setOne(opened, 'held', true)
    expect(setAll(opened, true)).toBe(2)
    expect(setAll(opened, true)).toBe(0)
    expect(paused(opened)).toEqual(['held', 'mail', 'reports'])
  })

  it('pauses a queue that begins meanwhile before anybody can claim of it, and tells of it', async () => {
    using opened = await openWriter()
    submit(opened, 'mail')
    setAll(opened, true)
    opened.run('orderClaims', { workerId: 'w', credits: 10, names: ['x'], queues: null, now: 3 }, 3)
    const late = { name: 'submit', params: { tasks: [{ name: 'x', queue: 'late' }], now: 4 } } as const
    const { events, claimed } = opened.writer.commit([late], 4)
    expect(claimed).toEqual([])
    expect(JSON.parse(events?.text ?? '[]')).toMatchObject([
      { type: 'queue.paused', queue: 'late' },
      { type: 'task.submitted', queue: 'late' },
    ])
    expect(paused(opened)).toEqual(['late', 'mail'])
    // The order stands: with the queues resumed it is served, in the same transaction.
    const resume = { name: 'setAllPaused', params: { isPaused: false, now: 5 } } as const
    const { claimed: after } = opened.writer.commit([resume], 5)
    expect(after.flatMap(({ tasks }) => tasks)).toHaveLength(2)
  })

  it('outlives the program', async () => {
    using opened = await openWriter()
    submit(opened, 'mail')
    setAll(opened, true)
    const again = createWriter(opened.db, {
      newId: createIds(() => 0),
      newLeaseToken: () => 'lease',
      random: () => 0.5,
    })
    again.commit([{ name: 'submit', params: { tasks: [{ name: 'x', queue: 'late' }], now: 4 } }], 4)
    expect(paused(opened)).toEqual(['late', 'mail'])
  })

  it('is over when all are resumed: what begins then runs', async () => {
    using opened = await openWriter()
    submit(opened, 'mail')
    setAll(opened, true)
    submit(opened, 'late')
    expect(setAll(opened, false)).toBe(2)
    submit(opened, 'later')
    expect(paused(opened)).toEqual([])
  })

  it('lasts while some of it is left, and is over with the last queue that is resumed by hand', async () => {
    using opened = await openWriter()
    for (const queue of ['mail', 'reports']) submit(opened, queue)
    setAll(opened, true)
    setOne(opened, 'mail', false)
    submit(opened, 'late')
    expect(paused(opened)).toEqual(['late', 'reports'])
    setOne(opened, 'reports', false)
    setOne(opened, 'late', false)
    submit(opened, 'later')
    expect(paused(opened)).toEqual([])
  })

  it('is not what pausing one queue after another is', async () => {
    using opened = await openWriter()
    submit(opened, 'mail')
    setOne(opened, 'mail', true)
    submit(opened, 'late')
    expect(paused(opened)).toEqual(['mail'])
  })
})
