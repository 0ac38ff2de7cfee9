import Database from 'better-sqlite3'
import { once } from 'node:events'
import { existsSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { DEFAULT_RETENTION_COUNT, DEFAULT_RETENTION_MS } from '../../src/shared/domain/queue-settings.ts'
import * as limits from '../../src/shared/domain/limits.ts'
import { runServer, startServer } from '../support/start-server.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { expectSameNames } from './expect-same-names.ts'
import { readCode, readPage, readSection, readTable } from './read-markdown.ts'

const PAGE = readPage('docs/operations.md')
const grouped = (value: number) => value.toLocaleString('en-US')

describe('the page of operations', () => {
  it('lists every option of serve, and no other', async () => {
    const { stdout } = await runServer(['--help'])
    const offered = [...stdout.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map(([, option]) => option!)
    const listed = readTable(readSection(PAGE, 'Starting').split('All options of `serve`')[1]!).map(
      (row) => readCode(row['option']!)[0]!.split(' ')[0]!,
    )
    expectSameNames(listed, offered)
  })

  it('lists every limit and default of the domain with its value, and no other', () => {
    const rows = readTable(readSection(PAGE, 'Limits'))
    const listed = new Map(rows.map((row) => [readCode(row['name']!)[0]!, row['value']!]))
    const real = Object.entries(limits).filter(([, value]) => !(value instanceof RegExp))
    expectSameNames(
      [...listed.keys()],
      real.map(([name]) => name),
    )
    const wrong = real.filter(([name, value]) => {
      const words = typeof value === 'number' ? grouped(value) : `\`${String(value)}\``
      return !listed.get(name)!.split(/[ (]/).includes(words)
    })
    expect(wrong).toEqual([])
  })

  it('says how long finished tasks are kept', () => {
    const [finished] = readTable(readSection(PAGE, 'What is kept, and for how long'))
    expect(finished!['how long']).toContain(`${DEFAULT_RETENTION_MS / 86_400_000} days`)
    expect(finished!['how long']).toContain(`${grouped(DEFAULT_RETENTION_COUNT)} a queue`)
  })
})

describe('a backup', () => {
  it('made while the broker runs has every acknowledged task, and starts as a data folder of its own', async () => {
    using folder = temporaryFolder()
    const [data, restored] = ['data', 'restored'].map((name) => path.join(folder.path, name)) as [
      string,
      string,
    ]
    const ids: string[] = []
    {
      await using server = await startServer(['--data', data, '--listen', '0=turbine,asynq'])
      for (let n = 1; n <= 20; n += 1) {
        const response = await fetch(`${server.address}/api/v1/tasks`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ type: 'demo', payload: { n }, process_at: '2999-01-01T00:00:00Z' }),
        })
        ids.push(((await response.json()) as { task_id: string }).task_id)
      }
      mkdirSync(restored)
      const db = new Database(path.join(data, 'penstock.db'), { readonly: true })
      await db.backup(path.join(restored, 'penstock.db'))
      db.close()
    }

    await using server = await startServer(['--data', restored, '--listen', '0=turbine'])
    const { tasks } = (await (await fetch(`${server.address}/api/tasks`)).json()) as {
      tasks: readonly { task_id: string }[]
    }
    expect(tasks.map(({ task_id: id }) => id).toSorted()).toEqual(ids.toSorted())
  })

  it('is the database file alone after an orderly stop', async () => {
    using folder = temporaryFolder()
    await using server = await startServer(['--data', folder.path, '--listen', '0=turbine'])
    server.child.kill('SIGTERM')
    await once(server.child, 'exit')
    expect(existsSync(path.join(folder.path, 'penstock.db-wal'))).toBe(false)
    const db = new Database(path.join(folder.path, 'penstock.db'), { readonly: true, fileMustExist: true })
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
    db.close()
  })
})
