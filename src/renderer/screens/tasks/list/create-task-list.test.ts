import { describe, expect, it } from 'vitest'
import type { TaskPage } from '../../../../shared/domain/broker.ts'
import type { BrokerEvent } from '../../../../shared/domain/event.ts'
import type { Task } from '../../../../shared/domain/task.ts'
import { aTask, anEvent, T } from '../task-fixture.ts'
import type { ListQuery } from '../tasks-search.ts'
import { createTaskList } from './create-task-list.ts'

type Ask = ListQuery & { readonly limit: number; readonly cursor?: string }

/** A broker that holds tasks newest first, a clock that moves by hand, and a reader who is at rest or not. */
function openList(tasks: Task[] = []) {
  const asked: Ask[] = []
  const timers = new Set<{ readonly at: number; readonly run: () => void }>()
  const world = { tasks, now: 0, isAtRest: true, failure: null as Error | null }

  const page = ({ states, limit, cursor, order }: Ask): TaskPage => {
    const all = order === 'oldest' ? world.tasks.toReversed() : world.tasks
    const matching = all.filter(({ state }) => states === undefined || states.includes(state))
    const from = cursor === undefined ? 0 : matching.findIndex(({ id }) => id === cursor) + 1
    const shown = matching.slice(from, from + limit)
    return { tasks: shown, next: from + limit < matching.length ? (shown.at(-1)?.id ?? null) : null }
  }
  const follower = createTaskList({
    client: {
      list: async (ask) => {
        asked.push(ask)
        if (world.failure !== null) throw world.failure
        return page(ask)
      },
      get: async (id) => {
        const task = world.tasks.find((candidate) => candidate.id === id)
        if (task === undefined) throw new Error('gone')
        return task
      },
    },
    isAtRest: () => world.isAtRest,
    now: () => world.now,
    setTimer: (run, ms) => {
      const timer = { at: world.now + ms, run }
      timers.add(timer)
      return () => void timers.delete(timer)
    },
  })
  /** Lets answers arrive, then time pass, one due timer after the other. */
  const settle = async () => {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
  }
  const pass = async (ms: number) => {
    await settle()
    const end = world.now + ms
    for (;;) {
      const due = [...timers].filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at)[0]
      if (due === undefined) break
      timers.delete(due)
      world.now = due.at
      due.run()
      await settle()
    }
    world.now = end
  }
  const submit = (id: string): BrokerEvent => {
    world.tasks = [aTask({ id }), ...world.tasks]
    return anEvent('task.submitted', { taskId: id, data: { name: 'send_email', state: 'pending' } })
  }
  const receive = (...events: readonly BrokerEvent[]) => follower.receive({ events, missed: 0 })
  const ids = () => follower.store.getState().list.rows.map(({ id }) => id)
  return { world, asked, follower, pass, submit, receive, ids, state: () => follower.store.getState() }
}

const numbered = (count: number) =>
  Array.from({ length: count }, (_, index) => aTask({ id: `t${count - index}`, number: count - index }))

describe('a list that follows the broker', () => {
  it('lists the first page, and more on demand', async () => {
    const { follower, pass, ids, state } = openList(numbered(250))
    follower.show({})
    await pass(0)
    expect(ids()).toHaveLength(100)

    follower.loadMore()
    follower.loadMore()
    await pass(0)
    expect(ids()).toHaveLength(200)

    follower.loadMore()
    await pass(0)
    expect(ids()).toHaveLength(250)
    expect(state()).toMatchObject({ isLoadingMore: false, list: { next: null } })
  })

  it('takes new tasks in by itself while nobody reads', async () => {
    const { follower, pass, submit, receive, ids } = openList(numbered(2))
    follower.show({})
    await pass(0)
    receive(submit('new'))
    await pass(1000)
    expect(ids()).toEqual(['new', 't2', 't1'])
  })

  it('lets them wait while somebody reads, and takes them in when asked to', async () => {
    const { world, follower, pass, submit, receive, ids, state } = openList(numbered(2))
    follower.show({})
    await pass(0)
    world.isAtRest = false
    receive(submit('n1'), submit('n2'))
    await pass(5000)
    expect(ids()).toEqual(['t2', 't1'])
    expect(state().newCount).toBe(2)

    follower.takeNew()
    await pass(0)
    expect(ids()).toEqual(['n2', 'n1', 't2', 't1'])
    expect(state().newCount).toBe(0)
  })

  it('takes what waited in as soon as nobody reads any more', async () => {
    const { world, follower, pass, submit, receive, ids } = openList(numbered(1))
    follower.show({})
    await pass(0)
    world.isAtRest = false
    receive(submit('new'))
    await pass(2000)
    world.isAtRest = true
    await pass(600)
    expect(ids()).toEqual(['new', 't1'])
  })

  it('asks at most once a second, however many events there are', async () => {
    const { follower, asked, pass, submit, receive } = openList()
    follower.show({})
    await pass(2000)
    const before = asked.length
    for (let index = 0; index < 50; index += 1) {
      receive(submit(`n${index}`))
      await pass(20)
    }
    expect(asked.length - before).toBeLessThanOrEqual(2)
  })

  it('does not ask for events that change no membership', async () => {
    const { follower, asked, pass, receive } = openList(numbered(1))
    follower.show({})
    await pass(2000)
    const before = asked.length
    receive(anEvent('task.claimed', { taskId: 't1' }), anEvent('task.progress', { taskId: 't1' }))
    await pass(5000)
    expect(asked).toHaveLength(before)
  })

  it('drops the answer to a query that was left meanwhile', async () => {
    const { follower, pass, ids, state } = openList([aTask({ id: 'a', state: 'failed' }), aTask({ id: 'b' })])
    follower.show({ states: ['failed'] })
    follower.show({ states: ['pending'] })
    await pass(0)
    expect(ids()).toEqual(['b'])
    expect(state().shown).toEqual({ states: ['pending'] })
  })

  it('keeps the rows of the query before until the next ones are there', async () => {
    const { follower, pass, ids, state } = openList(numbered(3))
    follower.show({})
    await pass(0)
    follower.show({ states: ['failed'] })
    expect(ids()).toHaveLength(3)
    expect(state().status).toBe('loading')
  })

  it('says why it could not be read, and tries again', async () => {
    const { world, follower, pass, ids, state } = openList(numbered(1))
    world.failure = new TypeError('fetch failed')
    follower.show({})
    await pass(0)
    expect(state()).toMatchObject({ status: 'failed', failure: { code: 'UNREACHABLE' } })

    world.failure = null
    follower.retry()
    await pass(0)
    expect(state().status).toBe('ready')
    expect(ids()).toEqual(['t1'])
  })

  it('tries again by itself when the connection is back', async () => {
    const { world, follower, pass, state } = openList(numbered(1))
    world.failure = new TypeError('fetch failed')
    follower.show({})
    await pass(0)
    world.failure = null
    follower.resync()
    await pass(0)
    expect(state().status).toBe('ready')
  })

  it('stays as it was when a look at what is new fails', async () => {
    const { world, follower, pass, submit, receive, ids, state } = openList(numbered(1))
    follower.show({})
    await pass(2000)
    world.failure = new TypeError('fetch failed')
    receive(submit('new'))
    await pass(2000)
    expect(state().status).toBe('ready')
    expect(ids()).toEqual(['t1'])
  })

  it('asks unfinished rows again, once they are in sight, after events were missed', async () => {
    const { world, follower, pass, state } = openList([
      aTask({ id: 'a', state: 'running', updatedAt: T }),
      aTask({ id: 'b', state: 'succeeded', updatedAt: T }),
    ])
    world.isAtRest = false
    follower.show({})
    await pass(2000)
    world.tasks = [aTask({ id: 'a', state: 'succeeded', updatedAt: T + 9 }), ...world.tasks.slice(1)]
    follower.receive({ events: [], missed: 3 })
    expect(state().stale).toEqual(new Set(['a']))

    follower.refresh(['a', 'b'])
    await pass(0)
    expect(state().stale.size).toBe(0)
    expect(state().list.rows[0]).toMatchObject({ id: 'a', state: 'succeeded' })
  })

  it('appends what is new at the end when the oldest come first, even while somebody reads', async () => {
    const { world, follower, pass, submit, receive, ids } = openList(numbered(2))
    world.isAtRest = false
    follower.show({ order: 'oldest' })
    await pass(2000)
    receive(submit('new'))
    await pass(2000)
    expect(ids()).toEqual(['t1', 't2', 'new'])
  })

  it('asks nothing more once it is stopped', async () => {
    const { follower, asked, pass, submit, receive } = openList(numbered(1))
    follower.show({})
    await pass(2000)
    receive(submit('new'))
    follower.stop()
    const before = asked.length
    await pass(10_000)
    expect(asked).toHaveLength(before)
  })
})

describe('rows in sight, while somebody reads', () => {
  it('are asked again as soon as events were missed, though nothing scrolls', async () => {
    const { world, follower, pass, state } = openList([aTask({ id: 'a', state: 'running' })])
    follower.show({})
    await pass(0)
    world.isAtRest = false
    follower.refresh(['a'])
    world.tasks = [aTask({ id: 'a', state: 'succeeded', updatedAt: T + 5000, finishedAt: T + 5000 })]

    follower.receive({ events: [], missed: 12 })
    await pass(0)

    expect(state().list.rows[0]?.state).toBe('succeeded')
  })

  it('say what they have become when the first page is looked at, while new ones wait', async () => {
    const { world, follower, pass, submit, receive, ids, state } = openList([
      aTask({ id: 'a', state: 'running' }),
    ])
    follower.show({})
    await pass(0)
    world.isAtRest = false
    world.tasks = [aTask({ id: 'a', state: 'failed', updatedAt: T + 5000, finishedAt: T + 5000 })]
    receive(submit('new'))
    await pass(1000)

    expect(ids()).toEqual(['a'])
    expect(state().list.rows[0]?.state).toBe('failed')
    expect(state().newCount).toBe(1)
  })
})
