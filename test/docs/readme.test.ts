import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it, vi } from 'vitest'
import { startServer } from '../support/start-server.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { FENCE, readPage, readSection } from './read-markdown.ts'
import { readSamples } from './read-samples.ts'

const PAGE = readPage('README.md')
const FIRST_TASK = readSection(PAGE, 'Your first task, in three minutes')
const COMMANDS = [...FIRST_TASK.matchAll(FENCE)]
  .filter(({ groups }) => groups!['language'] === 'sh')
  .map(({ groups }) => groups!['code']!)
const [GREET] = readSamples('README.md', PAGE)

const hasCurl = spawnSync('curl', ['--version']).error === undefined
if (!hasCurl) process.stdout.write("The README's commands are not run: there is no curl here.\n")

it.skipIf(!hasCurl || process.platform === 'win32')(
  'the first task works as the README prints it, from the demo to the reprocessed dead letter',
  async () => {
    using folder = temporaryFolder()
    const tasksFolder = path.join(folder.path, 'tasks')
    mkdirSync(tasksFolder)
    writeFileSync(path.join(tasksFolder, GREET!.file), GREET!.code)
    const dataFolder = path.join(folder.path, 'data')
    const args = ['--data', dataFolder, '--tasks', tasksFolder, '--listen', '0=turbine,asynq']
    await using server = await startServer(args)
    const place = server.address.replace('http://', '')
    const run = (command: string | undefined) => {
      expect(command).toContain('localhost:8080')
      const { stdout, status } = spawnSync('sh', ['-c', command!.replaceAll('localhost:8080', place)], {
        encoding: 'utf8',
      })
      expect(status).toBe(0)
      return JSON.parse(stdout) as Readonly<Record<string, unknown>>
    }
    const taskOf = async (id: unknown) =>
      (await (await fetch(`${server.address}/api/tasks/${String(id)}`)).json()) as Record<string, unknown>
    const until = (id: unknown, expected: object) =>
      vi.waitFor(async () => expect(await taskOf(id)).toMatchObject(expected), 20_000)

    expect(COMMANDS).toHaveLength(5)
    const [demo, greet, broken, list, reprocess] = COMMANDS
    await until(run(demo)['task_id'], { state: 'success', result: { message: 'Hello', count: 5 } })
    await until(run(greet)['task_id'], { state: 'success', result: 'Hello Ada' })
    const { task_id: id } = run(broken)
    await until(id, { state: 'failed', retries: 2 })
    expect(run(list)).toMatchObject({
      total_failed: 1,
      tasks: [
        { task_id: id, error: 'Tell me whom to greet', traceback: expect.stringContaining('greet.ts:2') },
      ],
    })
    const stranger = `export const greet = () => 'Hello stranger'\nexport const loaded = () => null\n`
    writeFileSync(path.join(tasksFolder, GREET!.file), stranger)
    const isLoaded = () => expect(run(greet!.replace('"greet"', '"loaded"'))).toHaveProperty('task_id')
    await vi.waitFor(isLoaded, 20_000)
    const { new_task_ids: ids } = run(reprocess) as { new_task_ids?: readonly string[] }
    await until(ids?.[0], { state: 'success', result: 'Hello stranger' })
  },
  60_000,
)
