import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { systemClock } from '../../src/server/clock.ts'
import { openStore } from '../../src/server/local/store/store-client.ts'
import { sourceEntries } from '../support/source-entries.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** A store thread that opens, and dies when it is first asked for something. */
const DIES_WHEN_ASKED = `
import { parentPort } from 'node:worker_threads'
parentPort.on('message', () => { throw new Error('the disk fell out') })
parentPort.postMessage({ kind: 'opened' })
`

describe('a store whose thread dies', () => {
  it('says so once, leaves no request without an answer, and can be closed', async () => {
    using folder = temporaryFolder()
    const threadFile = join(folder.path, 'thread.mjs')
    writeFileSync(threadFile, DIES_WHEN_ASKED)
    const store = await openStore({ threadFile, folder: folder.path, file: 'none', clock: systemClock })
    const failures: string[] = []
    store.onFailure((reason) => failures.push(reason))
    const recover = () => store.run('recover', { now: 1 })
    await expect(recover()).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      message: expect.stringMatching(/disk fell out.*not known; look before you repeat/s),
    })
    await expect(recover()).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      message: expect.stringMatching(/disk fell out.*Nothing of this request was done/s),
    })
    await store.close()
    expect(failures).toEqual(['the store thread failed: the disk fell out'])
  })
})

/** The store's own thread, whose reader takes a while to close. */
const READER_LINGERS = `
import { parentPort, workerData } from 'node:worker_threads'
const on = parentPort.on.bind(parentPort)
const linger = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300)
parentPort.on = (name, listener) => on(name, (message) => {
  if (workerData.mode === 'read' && message.kind === 'close') linger()
  listener(message)
})
await import(${JSON.stringify(pathToFileURL(sourceEntries.storeThread))})
`

describe('a store that is closed', () => {
  it('leaves the database file alone behind, however long its reader takes', async () => {
    using folder = temporaryFolder()
    const threadFile = join(folder.path, 'thread.mjs')
    writeFileSync(threadFile, READER_LINGERS)
    const data = join(folder.path, 'data')
    mkdirSync(data)
    const store = await openStore({
      threadFile,
      folder: data,
      file: join(data, 'penstock.db'),
      clock: systemClock,
    })
    await store.run('submit', { tasks: [{ name: 'note' }], now: 1 })
    await store.close()
    expect(readdirSync(data).filter((name) => name.startsWith('penstock.db'))).toEqual(['penstock.db'])
  })
})

describe('the threads of the engine', () => {
  it('have no types to strip, which V8 may not survive in several threads at once', () => {
    expect(Object.values(sourceEntries).filter((file) => !file.endsWith('.js'))).toEqual([])
  })
})
