import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/fetch'
import type { ContractRouterClient } from '@orpc/contract'
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import type { Contract } from '../../src/shared/contract/contract.ts'
import { toJsonText } from '../../src/shared/domain/json.ts'
import { runProgram } from '../support/run-program.ts'
import { runServer, type ServerProcess, startServer } from '../support/start-server.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

type Client = ContractRouterClient<Contract>

const clientOf = ({ address }: ServerProcess): Client =>
  createORPCClient(new RPCLink({ url: `${address}/rpc` }))

/** Follows the events, so that nothing is waited for by the clock. */
async function until(client: Client, isSo: () => Promise<boolean>): Promise<void> {
  const events = await client.events({ after: 0 })
  for await (const _batch of events) if (await isSo()) return
}

const TASKS = `
  export const quick = ({ kwargs }) => kwargs.n
  export async function slow(_input, context) {
    if (context.attempt === 1) await new Promise((resolve) => context.signal.addEventListener('abort', resolve))
    return 'again'
  }`
const PAYLOAD = 'x'.repeat(20_000)

function prepare(root: string) {
  const tasks = join(root, 'tasks')
  mkdirSync(tasks)
  writeFileSync(join(tasks, 'tasks.js'), TASKS)
  const args = (data: string) => ['--data', join(root, data), '--tasks', tasks, '--listen', '0=turbine,asynq']
  return { args, folder: (data: string) => join(root, data) }
}

/** Submits one task after another until it is told to end, and counts those that began and ended in a copy. */
function keepBusy(client: Client, isCopied: () => boolean) {
  const ids: string[] = []
  let duringCopy = 0
  let isEnough = false
  async function submitOn(): Promise<readonly string[]> {
    for (let n = 0; !isEnough; n += 1) {
      const hasBegun = isCopied()
      const kwargs = toJsonText({ n, text: PAYLOAD })
      const [receipt] = await client.tasks.submit({ tasks: [{ name: 'quick', queue: 'busy', kwargs }] })
      ids.push(receipt!.id)
      if (hasBegun && isCopied()) duringCopy += 1
    }
    return ids
  }
  const ended = submitOn()
  return {
    duringCopy: () => duringCopy,
    end() {
      isEnough = true
      return ended
    },
  }
}

describe('a backup made while tasks run', { timeout: 120_000 }, () => {
  it('holds up no submit, and restores to a state from which every task goes on', async () => {
    using root = temporaryFolder()
    const { args, folder } = prepare(root.path)
    const file = join(root.path, 'backup.db')
    let slowId: string
    let acknowledgedBefore: readonly string[]
    {
      await using server = await startServer(args('data'))
      const client = clientOf(server)
      const [slow] = await client.tasks.submit({ tasks: [{ name: 'slow', maxRetries: 0 }] })
      slowId = slow!.id
      await until(client, async () => (await client.tasks.get({ id: slowId })).startedAt !== null)
      const later = Array.from({ length: 2000 }, (_, n) => ({
        name: 'quick',
        queue: 'later',
        kwargs: toJsonText({ n, text: PAYLOAD }),
        runAt: Date.UTC(2999, 0, 1),
      }))
      const receipts: { readonly id: string }[] = []
      for (let at = 0; at < later.length; at += 50)
        receipts.push(...(await client.tasks.submit({ tasks: later.slice(at, at + 50) })))
      acknowledgedBefore = [slowId, ...receipts.map(({ id }) => id)]

      const isCopied = () => readdirSync(root.path).some((name) => name.endsWith('.unfinished'))
      const busy = keepBusy(client, isCopied)
      let backup
      do {
        // Again when this process was away for all of a copy. Submits that a copy holds up never end in one.
        rmSync(file, { force: true })
        backup = await runProgram(['backup', file, '--data', folder('data'), '--json'])
      } while (backup.code === 0 && busy.duringCopy() < 3)
      const ids = await busy.end()
      expect(backup).toMatchObject({ code: 0, stderr: '' })
      const { bytes, tasks } = JSON.parse(backup.stdout) as { bytes: number; tasks: number }
      expect(bytes).toBeGreaterThan(2000 * PAYLOAD.length)
      expect(tasks).toBeGreaterThanOrEqual(acknowledgedBefore.length)
      expect(tasks).toBeLessThanOrEqual(acknowledgedBefore.length + ids.length)
      expect(existsSync(`${file}-wal`)).toBe(false)

      const refused = await runProgram(['restore', file, '--data', folder('data'), '--yes'])
      expect(refused.code).toBe(1)
      expect(refused.stderr).toMatch(/in use by another Penstock \(process \d+\)/)
      await server.end('SIGTERM')
    }
    const restored = await runProgram(['restore', file, '--data', folder('restored'), '--yes'])
    expect(restored).toMatchObject({ code: 0, stderr: '' })

    await using server = await startServer(args('restored'))
    const client = clientOf(server)
    await until(client, async () => {
      const { counts } = await client.overview()
      return counts.pending + counts.running + counts.retrying === 0
    })
    const again = await client.tasks.get({ id: slowId })
    expect(again).toMatchObject({ state: 'succeeded', attempt: 2, crashes: 0, result: '"again"' })
    const { counts } = await client.overview()
    expect(counts).toMatchObject({ scheduled: 2000, failed: 0, timed_out: 0, cancelled: 0 })
    const states = new Map<string, string>()
    for (let cursor: string | undefined; ;) {
      const page = await client.tasks.list({ limit: 1000, ...(cursor === undefined ? {} : { cursor }) })
      for (const { id, state } of page.tasks) states.set(id, state)
      if (page.next === null) break
      cursor = page.next
    }
    expect(acknowledgedBefore.filter((id) => !states.has(id))).toEqual([])
    expect(new Set(states.values())).toEqual(new Set(['scheduled', 'succeeded']))
  })

  it('from the window is listed there, and restored at the next start when that is asked for', async () => {
    using root = temporaryFolder()
    const { args, folder } = prepare(root.path)
    let name: string
    {
      await using server = await startServer(args('data'))
      const client = clientOf(server)
      await client.tasks.submit({ tasks: [{ name: 'quick', runAt: Date.UTC(2999, 0, 1) }] })
      expect(await client.backups.get()).toMatchObject({
        backups: [],
        run: { kind: 'none' },
        askedRestore: null,
        whyNone: null,
        whyNotHere: null,
        canRestart: false,
      })
      await client.backups.start()
      const status = await vi.waitFor(
        async () => {
          const now = await client.backups.get()
          expect(now.run).toMatchObject({ kind: 'done', tasks: 1 })
          return now
        },
        { timeout: 30_000 },
      )
      name = status.backups[0]!.name
      await client.tasks.submit({ tasks: [{ name: 'quick', runAt: Date.UTC(2999, 0, 1) }] })
      await expect(client.backups.askRestore({ name: 'nope.db' })).rejects.toThrow(/no backup 'nope.db'/)
      await client.backups.askRestore({ name })
      expect((await client.backups.get()).askedRestore).toBe(name)
      expect(await client.backups.withdrawRestore()).toBe(true)
      expect((await client.backups.get()).askedRestore).toBeNull()
      await client.backups.askRestore({ name })
      await server.end('SIGTERM')
    }
    await using server = await startServer(args('data'))
    await server.untilSaid('stderr', /data in /)
    expect(server.stderr()).toContain(`The backup ${name} was restored, with 1 task.`)
    const client = clientOf(server)
    expect((await client.overview()).counts.scheduled).toBe(1)
    const { askedRestore, restored } = await client.backups.get()
    expect({ askedRestore, restored }).toMatchObject({
      askedRestore: null,
      restored: { kind: 'restored', name, tasks: 1 },
    })
    expect(readdirSync(folder('data')).some((each) => each.startsWith('penstock.db.replaced-'))).toBe(true)
  })

  it('is told of by the start that restores it, though that one then fails', async () => {
    using root = temporaryFolder()
    const { args, folder } = prepare(root.path)
    await using other = await startServer(args('other'))
    const takenPort = new URL(other.address).port
    {
      await using server = await startServer(args('data'))
      mkdirSync(join(folder('data'), 'backups'))
      await runProgram(['backup', join(folder('data'), 'backups', 'mine.db'), '--data', folder('data')])
      await clientOf(server).backups.askRestore({ name: 'mine.db' })
      await server.end('SIGTERM')
    }
    const failed = await runServer([...args('data'), `${takenPort}=dtqs`])
    expect(failed.code).toBe(1)
    expect(failed.stderr).toContain('The backup mine.db was restored, with 0 tasks.')
    expect(failed.stderr).toContain(takenPort)
  })

  it('that turns out to be damaged at the next start leaves the present database as it was', async () => {
    using root = temporaryFolder()
    const { args, folder } = prepare(root.path)
    {
      await using server = await startServer(args('data'))
      const client = clientOf(server)
      await client.tasks.submit({ tasks: [{ name: 'quick', runAt: Date.UTC(2999, 0, 1) }] })
      const kept = join(folder('data'), 'backups', 'mine.db')
      mkdirSync(join(folder('data'), 'backups'))
      await runProgram(['backup', kept, '--data', folder('data')])
      await client.backups.askRestore({ name: 'mine.db' })
      const bytes = Buffer.alloc(4096 * 2, 0xa5)
      writeFileSync(kept, bytes)
      await server.end('SIGTERM')
    }
    await using server = await startServer(args('data'))
    await server.untilSaid('stderr', /The backup mine\.db was not restored: .*no backup/)
    expect((await clientOf(server).overview()).counts.scheduled).toBe(1)
    expect(await clientOf(server).backups.get()).toMatchObject({
      askedRestore: null,
      restored: { kind: 'failed' },
    })
  })

  it('is not restored for anybody who asks through a proxy', async () => {
    using root = temporaryFolder()
    await using server = await startServer(prepare(root.path).args('data'))
    const client: Client = createORPCClient(
      new RPCLink({ url: `${server.address}/rpc`, headers: { 'x-forwarded-for': '192.0.2.7' } }),
    )
    expect((await client.backups.get()).whyNotHere).toMatch(/on the machine/)
    for (const call of [
      () => client.backups.askRestore({ name: 'a.db' }),
      () => client.backups.withdrawRestore(),
      () => client.backups.remove({ name: 'a.db' }),
      () => client.backups.restart(),
      () => client.backups.openFolder(),
    ])
      await expect(call()).rejects.toThrow(/Only a window on the machine/)
  })
})
