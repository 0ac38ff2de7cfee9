import { describe, expect, it } from 'vitest'
import { untilFinal } from '../support/until.ts'
import type { OpenBroker } from './open-broker.ts'
import { expectRefusal } from './expect-refusal.ts'
import { FAR_AWAY, json, submitOne } from './submit-one.ts'

export function listCases(open: OpenBroker): void {
  describe('a list of tasks', () => {
    it('pages by cursor, newest first, without a gap or a repeat while tasks arrive', async () => {
      await using fixture = await open()
      const submit = (count: number) =>
        fixture.broker.submit(Array.from({ length: count }, () => ({ name: 'echo', runAt: FAR_AWAY })))
      const receipts = await submit(25)
      const seen: string[] = []
      let cursor: string | undefined
      do {
        const page = await fixture.broker.listTasks({ limit: 10, cursor })
        seen.push(...page.tasks.map(({ id }) => id))
        cursor = page.next ?? undefined
        await submit(3)
      } while (cursor !== undefined)
      expect(seen).toEqual(receipts.map(({ id }) => id).toReversed())
    })

    it('goes from the oldest on as well', async () => {
      await using fixture = await open()
      const receipts = await fixture.broker.submit([
        { name: 'a', runAt: FAR_AWAY },
        { name: 'b', runAt: FAR_AWAY },
      ])
      const { tasks, next } = await fixture.broker.listTasks({ order: 'oldest', limit: 1 })
      expect(tasks.map(({ id }) => id)).toEqual([receipts[0]!.id])
      expect(
        (await fixture.broker.listTasks({ order: 'oldest', cursor: next! })).tasks.map(({ id }) => id),
      ).toEqual([receipts[1]!.id])
    })

    it('filters by every field it knows, and counts the same', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const dead = await submitOne(broker, { name: 'explode', queue: 'a', maxRetries: 0 })
      const done = await submitOne(broker, { name: 'echo', queue: 'a' })
      const waiting = await submitOne(broker, { name: 'echo', queue: 'b', runAt: FAR_AWAY })
      await untilFinal(broker, dead.id)
      const { workerId } = await untilFinal(broker, done.id)
      const cases = [
        [{ states: ['succeeded', 'failed'] }, [done, dead]],
        [{ states: ['succeeded'], queue: 'a' }, [done]],
        [{ states: ['cancelled'] }, []],
        [{ queue: 'a' }, [done, dead]],
        [{ name: 'echo' }, [waiting, done]],
        [{ isDeadLetter: true }, [dead]],
        [{ isDeadLetter: true, queue: 'a' }, [dead]],
        [{ isDeadLetter: true, queue: 'b' }, []],
        [{ workerId: workerId! }, [done, dead]],
        [{ createdAfter: FAR_AWAY }, []],
        [{ createdBefore: FAR_AWAY }, [waiting, done, dead]],
        [{ minAttempt: 1 }, [done, dead]],
        [{ maxAttempt: 0 }, [waiting]],
        [{ minAttempt: 2 }, []],
        [{ startedAfter: 0 }, [done, dead]],
        [{ startedBefore: FAR_AWAY }, [done, dead]],
        [{ startedAfter: FAR_AWAY }, []],
      ] as const
      for (const [query, expected] of cases) {
        const { tasks } = await broker.listTasks(query)
        expect(
          tasks.map(({ id }) => id),
          JSON.stringify(query),
        ).toEqual(expected.map(({ id }) => id))
        expect(await broker.countTasks(query), JSON.stringify(query)).toBe(expected.length)
      }
    })

    it('is sorted by another field, ties by their number, what has none last, and paged by offset', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const dead = await submitOne(broker, { name: 'explode', maxRetries: 0, priority: 7 })
      await untilFinal(broker, dead.id)
      const done = await submitOne(broker, { name: 'echo', priority: 3 })
      await untilFinal(broker, done.id)
      const first = await submitOne(broker, { name: 'echo', runAt: FAR_AWAY, priority: 7 })
      const second = await submitOne(broker, { name: 'echo', runAt: FAR_AWAY, priority: 0 })
      const groups = [['failed', 'timed_out'], ['scheduled'], ['succeeded']] as const
      const cases = [
        [{ sort: { by: 'priority', isDescending: true } }, [first, dead, done, second]],
        [{ sort: { by: 'priority', isDescending: false } }, [second, done, dead, first]],
        [{ sort: { by: 'startedAt', isDescending: false } }, [dead, done, first, second]],
        [{ sort: { by: 'finishedAt', isDescending: true } }, [done, dead, second, first]],
        [{ sort: { by: 'state', groups, isDescending: false } }, [dead, first, second, done]],
        [{ sort: { by: 'state', groups, isDescending: true } }, [done, second, first, dead]],
        [{ sort: { by: 'priority', isDescending: true }, name: 'echo' }, [first, done, second]],
        [{ sort: { by: 'priority', isDescending: true }, text: 'echo' }, [first, done, second]],
        [{ sort: { by: 'priority', isDescending: true }, limit: 2, offset: 1 }, [dead, done]],
      ] as const
      for (const [query, expected] of cases) {
        const { tasks, next } = await broker.listTasks(query)
        expect([tasks.map(({ id }) => id), next], JSON.stringify(query)).toEqual([
          expected.map(({ id }) => id),
          null,
        ])
      }
      await expectRefusal(
        broker.listTasks({ sort: { by: 'priority', isDescending: true }, cursor: '1' }),
        'INVALID_REQUEST',
      )
    })

    it('finds text in id, name, input, error and metadata, letter for letter', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const [percent, other] = await broker.submit([
        { name: 'echo', kwargs: json({ text: '100% _sure_' }), runAt: FAR_AWAY },
        { name: 'plain', args: json(['needle']), metadata: { tag: 'Blue' }, runAt: FAR_AWAY },
      ])
      const dead = await submitOne(broker, {
        name: 'explode',
        maxRetries: 0,
        kwargs: json({ message: 'kaputt' }),
      })
      await untilFinal(broker, dead.id)
      const find = async (text: string) => (await broker.listTasks({ text })).tasks.map(({ id }) => id)
      expect(await find('100%')).toEqual([percent!.id])
      expect(await find('%')).toEqual([percent!.id])
      expect(await find('_sure_')).toEqual([percent!.id])
      expect(await find('needle')).toEqual([other!.id])
      expect(await find('Blue')).toEqual([other!.id])
      expect(await find('plain')).toEqual([other!.id])
      expect(await find((await fixture.idBehind?.(dead.id)) ?? dead.id)).toEqual([dead.id])
      expect(await find('RangeError')).toEqual([dead.id])
      expect(await find(`'; DROP TABLE tasks; --`)).toEqual([])
    })

    it('carries input and result only where they are asked for', async () => {
      await using fixture = await open()
      const { id } = await submitOne(fixture.broker, { name: 'echo' })
      const task = await untilFinal(fixture.broker, id)
      expect((await fixture.broker.listFullTasks({})).tasks).toEqual([task])
      const { args: _args, kwargs: _kwargs, result: _result, ...summary } = task
      expect((await fixture.broker.listTasks({})).tasks).toEqual([summary])
    })

    it('refuses a cursor that is none', async () => {
      await using fixture = await open()
      await expectRefusal(fixture.broker.listTasks({ cursor: 'DROP' }), 'INVALID_REQUEST')
    })
  })

  describe('a task that does not exist', () => {
    it('is refused by every call that names it', async () => {
      await using fixture = await open()
      for (const call of [
        () => fixture.broker.getTask('nope'),
        () => fixture.broker.getTaskByNumber(99),
        () => fixture.broker.attempts('nope'),
        () => fixture.broker.logs('nope'),
        () => fixture.broker.progressHistory('nope', { limit: 1 }),
        () => fixture.broker.replay('nope', {}),
      ])
        await expectRefusal(call(), 'TASK_NOT_FOUND')
    })
  })
}
