import { describe, expect, it } from 'vitest'
import type { TaskQuery } from '../../src/shared/domain/task-query.ts'
import { untilFinal } from '../support/until.ts'
import type { OpenBroker } from './open-broker.ts'
import { FAR_AWAY, json, submitOne } from './submit-one.ts'

export function searchCases(open: OpenBroker): void {
  describe('a search', () => {
    it('finds what a task has returned', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const task = await submitOne(broker, { name: 'whoAmI', queue: 'hidden-place' })
      await untilFinal(broker, task.id)
      expect((await broker.listTasks({ text: 'hidden-place' })).tasks.map(({ id }) => id)).toEqual([task.id])
    })

    it.each([
      'say "hi"',
      "it's",
      'a OR b',
      'NEAR(x, y)',
      '-minus',
      'star*',
      'col:umn',
      '100%',
      'under_score',
      'back\\slash',
      '(((',
      '***',
      '"',
      'übergröße',
      '日本語',
      'to\nnext',
    ])('takes %j letter for letter', async (text) => {
      await using fixture = await open()
      const { broker } = fixture
      const [task] = await broker.submit([
        { name: 'echo', kwargs: json({ note: `before ${text} after` }), runAt: FAR_AWAY },
        {
          name: 'echo',
          kwargs: json({ note: 'a bit, say hi, x y 100 underxscore star column' }),
          runAt: FAR_AWAY,
        },
      ])
      const hits = (await broker.listTasks({ text })).tasks.map(({ id }) => id)
      // Every JSON text has a quotation mark.
      expect(text === '"' ? hits.slice(1) : hits).toEqual([task!.id])
      expect(await broker.countTasks({ text })).toBe(hits.length)
    })

    it('finds the same however long ago it was: through the index as from what is new', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const receipts = await broker.submit(
        Array.from({ length: 300 }, (_, n) => ({
          name: 'echo',
          kwargs: json({ order: `order-${n}.` }),
          runAt: FAR_AWAY,
        })),
      )
      // Far more events than are looked through without the index.
      const { id } = receipts[0]!
      for (let n = 0; n < 5; n += 1)
        await broker.submit(Array.from({ length: 1000 }, () => ({ name: 'other', runAt: FAR_AWAY })))
      await expect
        .poll(async () => (await broker.listTasks({ text: 'ORDER-0.' })).tasks.map((task) => task.id), {
          timeout: 20_000,
        })
        .toEqual([id])
      await expect.poll(() => broker.countTasks({ text: 'rder-1' }), { timeout: 20_000 }).toBe(111)
    })

    it('pages by key, newest first and oldest first, without a gap or a repeat', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const receipts = await broker.submit(
        Array.from({ length: 25 }, (_, n) => ({ name: n % 2 === 0 ? 'needle' : 'hay', runAt: FAR_AWAY })),
      )
      const needles = receipts.filter(({ name }) => name === 'needle').map(({ id }) => id)
      for (const order of ['newest', 'oldest'] as const) {
        const seen: string[] = []
        let cursor: string | undefined
        do {
          const page = await broker.listTasks({ text: 'needle', order, limit: 4, cursor })
          seen.push(...page.tasks.map(({ id }) => id))
          cursor = page.next ?? undefined
        } while (cursor !== undefined)
        expect(seen).toEqual(order === 'oldest' ? needles : needles.toReversed())
      }
    })

    it('no longer finds a deleted task, and finds a changed one by its new words only', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const [gone, changed] = await broker.submit([
        { name: 'echo', metadata: { tag: 'vanishing' }, runAt: FAR_AWAY },
        { name: 'echo', metadata: { tag: 'former' }, runAt: FAR_AWAY },
      ])
      await broker.deleteTask(gone!.id)
      await broker.updateTask(changed!.id, { metadata: { tag: 'latter' } })
      expect((await broker.listTasks({ text: 'vanishing' })).tasks).toEqual([])
      expect((await broker.listTasks({ text: 'former' })).tasks).toEqual([])
      expect((await broker.listTasks({ text: 'latter' })).tasks.map(({ id }) => id)).toEqual([changed!.id])
    })

    it('goes with every other filter', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const [low, high] = await broker.submit([
        { name: 'sort', queue: 'a', priority: 1, kwargs: json({ tag: 'common' }), runAt: FAR_AWAY },
        { name: 'sift', queue: 'b', priority: 9, kwargs: json({ tag: 'common' }), runAt: FAR_AWAY },
      ])
      const text = 'common'
      const cases: readonly [TaskQuery, readonly string[]][] = [
        [{ text, queue: 'a' }, [low!.id]],
        [{ text, states: ['scheduled'] }, [high!.id, low!.id]],
        [{ text, states: ['succeeded'] }, []],
        [{ text, names: ['sift', 'none'] }, [high!.id]],
        [{ text, minPriority: 2 }, [high!.id]],
        [{ text, maxPriority: 1 }, [low!.id]],
      ]
      for (const [query, expected] of cases) {
        const found = (await broker.listTasks(query)).tasks.map(({ id }) => id)
        expect({ query, found, count: await broker.countTasks(query) }).toEqual({
          query,
          found: expected,
          count: expected.length,
        })
      }
    })
  })

  describe('a filter', () => {
    it('knows names, priorities, ends, replays, subtasks and errors', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const dead = await submitOne(broker, { name: 'explode', maxRetries: 0, priority: 8 })
      const { finishedAt } = await untilFinal(broker, dead.id)
      const again = await broker.replay(dead.id, { runAt: FAR_AWAY, priority: 2 })
      const child = await submitOne(broker, { name: 'echo', parentId: dead.id, runAt: FAR_AWAY })
      await submitOne(broker, { name: 'hopeless', queue: 'other', maxRetries: 0 }).then(({ id }) =>
        untilFinal(broker, id),
      )
      const other = (await broker.listTasks({ queue: 'other' })).tasks[0]!
      const [group] = await broker.failureGroups({ queue: 'other', limit: 10 })
      const cases: readonly [TaskQuery, readonly string[]][] = [
        [{ names: ['echo', 'hopeless'] }, [other.id, child.id]],
        [{ names: [] }, []],
        [{ minPriority: 8 }, [dead.id]],
        [{ maxPriority: 2 }, [again.id]],
        [{ minPriority: 5, maxPriority: 5 }, [other.id, child.id]],
        [{ finishedBefore: other.finishedAt! + 1 }, [other.id, dead.id]],
        [{ finishedAfter: finishedAt! + 1_000_000 }, []],
        [{ finishedAfter: finishedAt!, finishedBefore: finishedAt! + 1, name: 'explode' }, [dead.id]],
        [{ replayOf: dead.id }, [again.id]],
        [{ parentId: dead.id }, [child.id]],
        [{ errorFingerprint: group!.fingerprint }, [other.id]],
        [{ workflowId: 'none' }, []],
      ]
      for (const [query, expected] of cases) {
        const found = (await broker.listTasks(query)).tasks.map(({ id }) => id)
        expect({ query, found, count: await broker.countTasks(query) }).toEqual({
          query,
          found: expected,
          count: expected.length,
        })
      }
    })

    it('knows the tasks of a workflow', async () => {
      await using fixture = await open()
      const { broker } = fixture
      const workflow = await broker.submitWorkflow({
        name: 'two steps',
        nodes: [
          { key: 'first', parents: [], onFailure: 'fail', task: { name: 'nap', runAt: FAR_AWAY } },
          { key: 'second', parents: ['first'], onFailure: 'fail', task: { name: 'echo' } },
        ],
      })
      await submitOne(broker, { name: 'echo', runAt: FAR_AWAY })
      const { tasks } = await broker.listTasks({ workflowId: workflow.id })
      expect(tasks.map(({ name }) => name)).toEqual(['echo', 'nap'])
    })
  })
}
