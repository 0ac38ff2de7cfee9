import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { askMove, moveNote } from '../../src/server/app/asked-move.ts'
import { runProgram } from '../support/run-program.ts'
import { runServer, type ServerProcess, startServer } from '../support/start-server.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const TASKS = `export const quick = ({ kwargs }) => kwargs.n`
const LISTEN = ['--listen', '0=turbine,asynq']

/** A data folder with the task files in it, one task that has run and one for later. */
async function used(root: string) {
  const base = realpathSync.native(root)
  const data = join(base, 'data')
  mkdirSync(join(data, 'tasks'), { recursive: true })
  writeFileSync(join(data, 'tasks', 'quick.js'), TASKS)
  await using server = await startServer(['--data', data, ...LISTEN])
  expect(await submitted(server, {})).toBe(201)
  expect(await submitted(server, { process_at: '2999-01-01T00:00:00Z' })).toBe(201)
  await server.end('SIGTERM')
  return { data, base }
}

async function submitted({ address }: ServerProcess, more: object): Promise<number> {
  const response = await fetch(`${address}/api/v1/tasks`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ type: 'quick', payload: { n: 1 }, ...more }),
  })
  return response.status
}

async function countTasks({ address }: ServerProcess): Promise<number> {
  const { tasks } = (await (await fetch(`${address}/api/tasks`)).json()) as { tasks: readonly unknown[] }
  return tasks.length
}

describe('a data folder that is moved', { timeout: 60_000 }, () => {
  it('from the command line is found by whoever names the old one, with its tasks and handlers', async () => {
    using root = temporaryFolder()
    const { data, base } = await used(root.path)
    const to = join(base, 'disk', 'penstock')
    {
      await using server = await startServer(['--data', data, ...LISTEN])
      const refused = await runProgram(['move-data', to, '--data', data, '--yes'])
      expect(refused).toMatchObject({ code: 1, stdout: '' })
      expect(refused.stderr).toContain(`in use by another Penstock (process ${server.child.pid})`)
      await server.end('SIGTERM')
    }
    const unasked = await runProgram(['move-data', to, '--data', data])
    expect(unasked).toMatchObject({ code: 2, stdout: '' })
    expect(unasked.stderr).toContain('Say --yes to do it')
    expect(existsSync(to)).toBe(false)

    const moved = await runProgram(['move-data', to, '--data', data, '--yes', '--json'])
    expect(moved).toMatchObject({ code: 0, stderr: '' })
    expect(JSON.parse(moved.stdout)).toMatchObject({ kind: 'moved', from: data, to, tasks: 2, kept: 0 })
    expect(readdirSync(data)).toEqual(['moved-to.json'])

    await using server = await startServer(['--data', data, ...LISTEN])
    await server.untilSaid('stderr', /data in .*, tasks in /)
    expect(server.stderr()).toContain(`data in ${to}, tasks in ${join(to, 'tasks')}`)
    expect(await countTasks(server)).toBe(2)
    expect(await submitted(server, {})).toBe(201)
    const listed = await runProgram(['list', '--data', data, '--json'])
    expect(listed).toMatchObject({ code: 0, stderr: '' })
    expect(listed.stdout.match(/"quick"/g)).toHaveLength(3)
    const again = await runProgram(['move-data', data, '--data', data, '--yes'])
    expect(again.stderr).toContain('in use by another Penstock')
  })

  it('when that was asked for while it was in use, is moved by the next start', async () => {
    using root = temporaryFolder()
    const { data, base } = await used(root.path)
    const disk = join(base, 'disk')
    mkdirSync(join(disk, 'photos'), { recursive: true })
    askMove(data, disk)
    const to = join(disk, 'penstock-data')
    expect(moveNote.read(data)).toBe(to)

    await using server = await startServer(['--data', data, ...LISTEN])
    await server.untilSaid('stderr', /was moved to .*, with 2 tasks\./)
    expect(server.stderr()).toContain(`The data folder ${data} was moved to ${to}, with 2 tasks.`)
    expect(server.stderr()).toMatch(
      /^The data folder is being moved to .*penstock-data\. The broker starts when/,
    )
    expect(await countTasks(server)).toBe(2)
    expect(moveNote.read(to)).toBeNull()
    expect(readdirSync(disk).toSorted()).toEqual(['penstock-data', 'photos'])
    // The log is written beside everything else.
    await server.end('SIGTERM')
    const log = readdirSync(join(to, 'logs')).map((name) => readFileSync(join(to, 'logs', name), 'utf8'))
    expect(log.join('')).toContain('was moved to')
  })

  it('stays where it is when the place has been taken meanwhile, and is not tried again', async () => {
    using root = temporaryFolder()
    const { data, base } = await used(root.path)
    const to = join(base, 'to')
    askMove(data, to)
    mkdirSync(join(to, 'photos'), { recursive: true })
    {
      await using server = await startServer(['--data', data, ...LISTEN])
      await server.untilSaid('stderr', /The data folder was not moved to .*: .* is not empty \(photos\)/)
      expect(await countTasks(server)).toBe(2)
      await server.end('SIGTERM')
    }
    await using server = await startServer(['--data', data, ...LISTEN])
    await server.untilSaid('stderr', /data in .*, tasks in /)
    expect(server.stderr()).toContain(`data in ${data}`)
    expect(server.stderr()).not.toContain('moved')
    expect(readdirSync(to)).toEqual(['photos'])
  })

  it('and is not there any more keeps Penstock from starting, in a sentence', async () => {
    using root = temporaryFolder()
    const { data, base } = await used(root.path)
    const to = join(base, 'unplugged')
    expect(await runProgram(['move-data', to, '--data', data, '--yes'])).toMatchObject({ code: 0 })
    rmSync(to, { recursive: true })
    const { code, stderr } = await runServer(['--data', data, ...LISTEN])
    expect(code).toBe(1)
    expect(stderr).toMatch(/^The data folder .* was moved to .*unplugged.* Connect the disk[^\n]*\n$/)
    expect(readdirSync(data)).toEqual(['moved-to.json'])
  })
})

describe('a move that is asked for', () => {
  it.each([
    ['into the data folder', 'data/tasks', /is inside the data folder/],
    ['onto the data folder', 'data', /is inside the data folder|is .* already/],
    ['onto a file', 'file', /is a file; name a folder/],
    ['into a folder whose place for it is taken', 'full', /penstock-data is not empty/],
  ])('is refused at once %s', (_what, place, message) => {
    using root = temporaryFolder()
    const base = realpathSync.native(root.path)
    mkdirSync(join(base, 'data', 'tasks'), { recursive: true })
    mkdirSync(join(base, 'full', 'penstock-data', 'more'), { recursive: true })
    writeFileSync(join(base, 'file'), '')
    expect(() => askMove(join(base, 'data'), join(base, place))).toThrow(message)
    expect(moveNote.read(join(base, 'data'))).toBeNull()
  })

  it.each(['', '{', '7', '{"to":"relative"}', '{"to":7}', '{}'])(
    'is nothing when the note says %s',
    (text) => {
      using root = temporaryFolder()
      writeFileSync(join(root.path, 'move-at-start.json'), text)
      expect(moveNote.read(root.path)).toBeNull()
    },
  )
})
