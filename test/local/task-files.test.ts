import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { HandlerList } from '../../src/shared/domain/worker.ts'
import { openTestBroker, type TestBroker } from '../support/open-test-broker.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { untilFinal, untilTask } from '../support/until.ts'

/** Writes a task file and resolves once the handlers tell of it; the file watch is what is waited for. */
async function change(
  fixture: TestBroker,
  file: string,
  text: string | null,
  accept: (list: HandlerList) => boolean,
): Promise<HandlerList> {
  const path = join(fixture.tasksFolder, file)
  await (text === null ? rm(path) : writeFile(path, text))
  return expect
    .poll(() => fixture.broker.handlers().then((list) => (accept(list) ? list : null)), { timeout: 20_000 })
    .not.toBeNull()
    .then(() => fixture.broker.handlers())
}

const names = ({ handlers }: HandlerList) => handlers.map(({ name }) => name)
async function run(fixture: TestBroker, name: string) {
  const [receipt] = await fixture.broker.submit([{ name, maxRetries: 0 }])
  return untilFinal(fixture.broker, receipt!.id)
}

describe('the tasks folder', () => {
  it('gives a new file its handlers while the broker runs, and a task that waited for them runs', async () => {
    await using fixture = await openTestBroker()
    const [early] = await fixture.broker.submit([{ name: 'greet' }])
    await change(fixture, 'greet.ts', `export const greet = () => 'Hello'`, (list) =>
      names(list).includes('greet'),
    )
    expect((await untilFinal(fixture.broker, early!.id)).result).toBe('"Hello"')
  })

  it('finds a file that is saved while the first ones are loaded', async () => {
    using folder = temporaryFolder()
    const late = JSON.stringify(join(folder.path, 'late.ts'))
    const first = `
      import { existsSync, writeFileSync } from 'node:fs'
      if (!existsSync(${late})) writeFileSync(${late}, "export const late = () => 'found'")
      export const first = () => null`
    await writeFile(join(folder.path, 'first.ts'), first)
    await using fixture = await openTestBroker({ tasksFolder: folder.path })
    expect((await run(fixture, 'late')).result).toBe('"found"')
  })

  it('runs the new code after an edit, and lets what runs finish with the old', async () => {
    const version = (n: number) => `
      export const which = () => ${n}
      export async function slow(_input: any, context: any) {
        context.progress(0.5)
        await new Promise((done) => { const timer = setInterval(() => {}, 50); context.signal.addEventListener('abort', () => { clearInterval(timer); done(null) }) })
        return ${n}
      }
      export const marker_${n} = () => null`
    await using fixture = await openTestBroker({ taskFiles: { 'code.ts': version(1) } })
    expect((await run(fixture, 'which')).result).toBe('1')
    const [slow] = await fixture.broker.submit([{ name: 'slow' }])
    await untilTask(fixture.broker, slow!.id, ({ progress }) => progress !== null)
    await change(fixture, 'code.ts', version(2), (list) => names(list).includes('marker_2'))
    expect((await run(fixture, 'which')).result).toBe('2')
    expect((await fixture.broker.getTask(slow!.id)).state).toBe('running')
  })

  it('compiles what TypeScript alone can say, and what is beside the file', async () => {
    await using fixture = await openTestBroker({
      taskFiles: {
        'shapes.ts': `
          import { area } from './area.ts'
          enum Kind { Square = 4 }
          class Shape { constructor(readonly side: number) {} }
          export function square(): number { return area(new Shape(Kind.Square).side) }`,
        'area.ts': `export const area = (side: number) => side * side`,
      },
    })
    expect((await run(fixture, 'square')).result).toBe('16')
  })

  it('names the line of the source in a traceback', async () => {
    await using fixture = await openTestBroker({
      taskFiles: { 'bad.ts': `\n\nexport function bad(): never {\n  throw new Error('x')\n}` },
    })
    expect((await run(fixture, 'bad')).error!.traceback).toContain(
      `${join(fixture.tasksFolder, 'bad.ts')}:4:`,
    )
  })

  it('imports packages of the tasks folder as Node would, by their import condition', async () => {
    await using fixture = await openTestBroker()
    const folder = join(fixture.tasksFolder, 'node_modules', 'only-import')
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, 'package.json'), '{"name":"only-import","exports":{"import":"./it.mjs"}}')
    await writeFile(join(folder, 'it.mjs'), `export const it = 'from the package'`)
    const text = `import { it } from 'only-import'\nimport { basename } from 'node:path'\nimport { EOL } from 'os'\nexport const use = () => basename('/a/' + it) + EOL.length`
    await change(fixture, 'use.ts', text, (list) => names(list).includes('use'))
    expect((await run(fixture, 'use')).result).toMatch(/"from the package[12]"/)
  })

  it('takes a default export by the name of its file, and plain JavaScript', async () => {
    await using fixture = await openTestBroker({ taskFiles: { 'hello.js': `export default () => 'js'` } })
    expect((await run(fixture, 'hello')).result).toBe('"js"')
  })

  it('reports a broken file with its error, and breaks nothing else', async () => {
    await using fixture = await openTestBroker({
      taskFiles: {
        'syntax.ts': `export const broken = (`,
        'throws.ts': `throw new TypeError('at import')`,
        'exits.ts': `process.exit(3)`,
        'missing.ts': `import 'no-such-package'; export const x = () => 1`,
        'empty.ts': `export const number = 1`,
        'twice.ts': `export const demo = () => 'mine'`,
        'fine.ts': `export const fine = () => 'fine'`,
        'fine.test.ts': `throw new Error('tests are not task files')`,
      },
    })
    const list = await fixture.broker.handlers()
    const problems = Object.fromEntries(list.problems.map(({ file, message }) => [file, message]))
    expect(problems).toMatchObject({
      'syntax.ts': expect.stringMatching(/syntax\.ts:1:\d+: /),
      'throws.ts': 'TypeError: at import',
      'exits.ts': expect.stringContaining('exit'),
      'missing.ts': expect.stringContaining('npm install no-such-package'),
      'empty.ts': expect.stringContaining('exports no handler'),
      'twice.ts': expect.stringContaining(`'demo' is taken`),
    })
    expect(Object.keys(problems)).toHaveLength(6)
    expect((await run(fixture, 'fine')).result).toBe('"fine"')
  })

  it('gives a new file its handlers also while every thread has a task that takes long', async () => {
    await using fixture = await openTestBroker({
      threads: 1,
      taskFiles: {
        'long.ts': `export async function long(_input: any, context: any) {
          context.progress(0)
          await new Promise((_done, fail) => context.signal.addEventListener('abort', () => fail(context.signal.reason)))
        }`,
      },
    })
    const [long] = await fixture.broker.submit([{ name: 'long' }])
    await untilTask(fixture.broker, long!.id, ({ progress }) => progress !== null)
    await change(fixture, 'new.ts', `export const fresh = () => 1`, (list) => names(list).includes('fresh'))
    expect((await fixture.broker.handlers()).problems).toEqual([])
    expect((await fixture.broker.getTask(long!.id)).state).toBe('running')
  })

  it('takes back the handlers of a file that is gone; their tasks wait', async () => {
    await using fixture = await openTestBroker({ taskFiles: { 'gone.ts': `export const gone = () => 1` } })
    await change(fixture, 'gone.ts', null, (list) => !names(list).includes('gone'))
    const [waiting] = await fixture.broker.submit([{ name: 'gone' }])
    const [other] = await fixture.broker.submit([{ name: 'sleep', kwargs: '{"ms":0}' as never }])
    await untilFinal(fixture.broker, other!.id)
    expect((await fixture.broker.getTask(waiting!.id)).state).toBe('pending')
  })

  it('shows task code nothing of our own environment', async () => {
    process.env['PENSTOCK_API_KEY'] = 'a-secret'
    try {
      await using fixture = await openTestBroker({
        taskFiles: { 'env.ts': `export const env = () => process.env` },
      })
      const { result } = await run(fixture, 'env')
      expect(result).not.toContain('a-secret')
      expect(JSON.parse(result!)).toHaveProperty('PATH')
    } finally {
      delete process.env['PENSTOCK_API_KEY']
    }
  })
})
