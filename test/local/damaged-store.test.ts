import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { systemClock } from '../../src/server/clock.ts'
import { openStore, type Store } from '../../src/server/local/store/store-client.ts'
import { sourceEntries } from '../support/source-entries.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const PAGE = 4096
const TASKS = 3000

const openIn = (folder: string) =>
  openStore({
    threadFile: sourceEntries.storeThread,
    folder,
    file: join(folder, 'penstock.db'),
    clock: systemClock,
  })

const submit = (store: Store, count: number) =>
  store.run('submit', {
    tasks: Array.from({ length: count }, (_, n) => ({
      name: 'note',
      kwargs: JSON.stringify({ n }) as never,
    })),
    now: 1,
  })

/** A folder with tasks in it, whose database was damaged in the middle while nobody had it open. */
async function leaveDamaged(folder: string): Promise<readonly string[]> {
  const store = await openIn(folder)
  const receipts = await submit(store, TASKS)
  await store.close()
  const file = join(folder, 'penstock.db')
  const bytes = readFileSync(file)
  // Pages that only hold rows of tasks: the table is most of the file.
  const at = bytes.indexOf(`"n":${TASKS / 2}}`)
  bytes.fill(0xa5, at - (at % PAGE), at - (at % PAGE) + PAGE)
  writeFileSync(file, bytes)
  return receipts.map(({ id }) => id)
}

function watchFailures(store: Store): readonly string[] {
  const failures: string[] = []
  store.onFailure((reason) => failures.push(reason))
  return failures
}

async function expectMovedAside(folder: string, before: Buffer): Promise<void> {
  const store = await openIn(folder)
  const { movedTo } = store.opened.setAside!
  expect(readFileSync(movedTo).equals(before)).toBe(true)
  expect((await store.numbers('overview', { now: 1 })).counts.pending).toBe(0)
  await submit(store, 1)
  await store.close()
  const again = await openIn(folder)
  expect(again.opened).toEqual({ wasUnclean: false, setAside: null, damagedFiles: [movedTo] })
  expect((await again.numbers('overview', { now: 1 })).counts.pending).toBe(1)
  await again.close()
  expect(readdirSync(folder).filter((name) => /\.damaged-.*Z$/.test(name))).toHaveLength(1)
}

describe('damage that is found while the store is open', () => {
  it('by the look at the whole of it stops all writing, and the next start moves it aside unchanged', async () => {
    using folder = temporaryFolder()
    await leaveDamaged(folder.path)
    const before = readFileSync(join(folder.path, 'penstock.db'))
    const store = await openIn(folder.path)
    expect(store.opened.setAside).toBeNull()
    const failures = watchFailures(store)
    expect(await store.checkAll()).toMatch(/./)
    expect(failures).toEqual([expect.stringMatching(/penstock\.db is damaged .*Nothing is written any more/)])
    await expect(submit(store, 1)).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      message: expect.stringMatching(/is damaged.*moves the damaged database aside/),
    })
    // What can still be read is read.
    expect(await store.read('stats', { period: '1h', now: 1 })).toBeDefined()
    await store.close()
    expect(failures).toHaveLength(1)
    await expectMovedAside(folder.path, before)
  })

  it('by a read that meets it does so too', async () => {
    using folder = temporaryFolder()
    const ids = await leaveDamaged(folder.path)
    const before = readFileSync(join(folder.path, 'penstock.db'))
    const store = await openIn(folder.path)
    const failures = watchFailures(store)
    await expect(store.read('task', { id: ids[TASKS / 2]! })).rejects.toThrow(/malformed/)
    expect(failures).toEqual([expect.stringMatching(/is damaged/)])
    await expect(submit(store, 1)).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' })
    await store.close()
    await expectMovedAside(folder.path, before)
  })

  it('by a write that meets it does so too, and nothing of the write is done', async () => {
    using folder = temporaryFolder()
    const ids = await leaveDamaged(folder.path)
    const before = readFileSync(join(folder.path, 'penstock.db'))
    const store = await openIn(folder.path)
    const failures = watchFailures(store)
    await expect(store.run('cancel', { id: ids[TASKS / 2]!, now: 2 })).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      message: expect.stringMatching(/malformed.*Nothing of this request was done/),
    })
    expect(failures).toHaveLength(1)
    await store.close()
    await expectMovedAside(folder.path, before)
  })

  it('is not found where there is none', async () => {
    using folder = temporaryFolder()
    const store = await openIn(folder.path)
    await submit(store, TASKS)
    expect(await store.checkAll()).toBeNull()
    expect(await submit(store, 1)).toHaveLength(1)
    await store.close()
  })
})
