import updaterLibrary from 'electron-updater'
import { ElectronHttpExecutor } from 'electron-updater/out/electronHttpExecutor.js'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer, request, type RequestOptions, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createUpdates, type Updates } from '../../src/main/updates/updates.ts'
import { temporaryFolder, type TemporaryFolder } from '../support/temporary-folder.ts'

/** Node's own requests, in the place of Electron's. */
class NodeHttpExecutor extends ElectronHttpExecutor {
  override createRequest(options: RequestOptions, callback: (response: unknown) => void): never {
    // What both have is all that is used of it.
    return request(options, callback) as never
  }
}

describe.runIf(process.platform === 'linux')('electron-updater itself, with a feed', () => {
  let folder: TemporaryFolder
  let feed: Server
  let files: Map<string, string>
  let asked: string[]
  let ready: string[]
  let updates: Updates

  beforeEach(async () => {
    folder = temporaryFolder()
    vi.stubEnv('APPIMAGE', path.join(folder.path, 'Penstock.AppImage'))
    writeFileSync(process.env['APPIMAGE']!, 'version 0.1.0')
    files = new Map()
    asked = []
    ready = []
    feed = createServer(({ url = '' }, answer) => {
      const name = url.replace(/\?.*/, '')
      asked.push(name)
      const content = files.get(name)
      answer.writeHead(content === undefined ? 404 : 200).end(content)
    }).listen(0, '127.0.0.1')
    await once(feed, 'listening')
    const { port } = feed.address() as AddressInfo

    // As electron-builder writes it into a package that has a feed.
    const appUpdateConfigPath = path.join(folder.path, 'app-update.yml')
    writeFileSync(
      appUpdateConfigPath,
      `provider: generic\nurl: http://127.0.0.1:${port}/feed\nupdaterCacheDirName: penstock-updater\n`,
    )
    mkdirSync(path.join(folder.path, 'cache'))
    const updater = new updaterLibrary.AppImageUpdater(null, {
      version: '0.1.0',
      name: 'penstock',
      isPackaged: true,
      appUpdateConfigPath,
      userDataPath: folder.path,
      baseCachePath: path.join(folder.path, 'cache'),
      whenReady: () => Promise.resolve(),
      relaunch() {},
      quit() {},
      onQuit() {},
    })
    Object.assign(updater, { httpExecutor: new NodeHttpExecutor(), disableDifferentialDownload: true })
    updates = createUpdates({
      offBecause: null,
      loadUpdater: () => Promise.resolve(updater),
      quit() {},
      releaseInstanceLock() {},
      onReady: (version) => ready.push(version),
      now: () => 7,
    })
  })
  afterEach(() => {
    vi.unstubAllEnvs()
    feed.close()
    folder[Symbol.dispose]()
  })

  function publish(version: string, content: string, promised = content): void {
    const name = `penstock-${version}.AppImage`
    const sha512 = createHash('sha512').update(promised).digest('base64')
    files.set(`/feed/${name}`, content)
    files.set(
      '/feed/latest-linux.yml',
      `version: ${version}\nfiles:\n  - url: ${name}\n    sha512: ${sha512}\n    size: ${promised.length}\npath: ${name}\nsha512: ${sha512}\nreleaseDate: '2026-11-21T00:00:00.000Z'\n`,
    )
  }

  it('finds nothing newer than itself, and downloads nothing', async () => {
    publish('0.1.0', 'version 0.1.0')
    expect(await updates.check()).toEqual({ kind: 'current', checkedAt: 7 })
    expect(asked).toEqual(['/feed/latest-linux.yml'])
  })

  it('downloads a newer one, and has it ready', async () => {
    publish('0.2.0', 'version 0.2.0')
    expect(await updates.check()).toMatchObject({ kind: 'downloading', version: '0.2.0' })
    await vi.waitUntil(() => updates.state().kind === 'ready', 20_000)
    expect(updates.state()).toEqual({ kind: 'ready', version: '0.2.0' })
    expect(ready).toEqual(['0.2.0'])
  })

  it('takes no file that is not the one that was promised', async () => {
    publish('0.2.0', 'version 0.2.1', 'version 0.2.0')
    await updates.check()
    await vi.waitUntil(() => updates.state().kind === 'failed', 20_000)
    expect(updates.state()).toMatchObject({
      message: expect.stringContaining('sha512 checksum mismatch') as string,
    })
    expect(ready).toEqual([])
  })

  it('says in one line that a feed is not there', async () => {
    const state = await updates.check()
    expect(state).toMatchObject({ kind: 'failed' })
    expect(state.kind === 'failed' && state.message).toMatch(
      /^Cannot find channel "latest-linux.yml" update info.*404/,
    )
  })
})
