import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestBroker, type TestBroker } from '../support/open-test-broker.ts'
import { untilFinal } from '../support/until.ts'

/** What task code may do wrong: source of the handler, and how its task must end. */
const HOSTILE: Readonly<
  Record<
    string,
    { readonly code: string; readonly error: RegExp; readonly state?: 'succeeded' | 'timed_out' }
  >
> = {
  throws: { code: `throw new Error('no')`, error: /^Error$/ },
  throwsNull: { code: `throw null`, error: /^Error$/ },
  throwsUndefined: { code: `throw undefined`, error: /^Error$/ },
  throwsCircle: { code: `const circle: any = {}; circle.self = circle; throw circle`, error: /^Error$/ },
  throwsTrap: {
    code: `throw Object.defineProperty(new Error('x'), 'message', { get() { throw new Error('trap') } })`,
    error: /^Error$/,
  },
  throwsProxy: {
    code: `throw new Proxy({}, { get() { throw new Error('trap') }, ownKeys() { throw new Error('trap') } })`,
    error: /./,
  },
  throwsHugeMessage: { code: `throw new Error('x'.repeat(50_000_000))`, error: /^Error$/ },
  rejectsLater: { code: `await Promise.reject(new TypeError('late'))`, error: /^TypeError$/ },
  leavesRejection: {
    code: `Promise.reject(new RangeError('unhandled')); await new Promise((done) => setTimeout(done, 200))`,
    error: /RangeError/,
  },
  throwsInTimer: {
    code: `setTimeout(() => { throw new RangeError('in a timer') }, 1); await new Promise((done) => setTimeout(done, 200))`,
    error: /RangeError/,
  },
  exits: { code: `process.exit(0)`, error: /^ThreadExitError$/ },
  exitsWithCode: { code: `process.exit(7)`, error: /^ThreadExitError$/ },
  exitsLater: {
    code: `setTimeout(() => process.exit(1), 10); await new Promise(() => setInterval(() => {}, 1000))`,
    error: /^ThreadExitError$/,
  },
  loopsForEver: { code: `for (;;);`, error: /^TimeoutError$/, state: 'timed_out' },
  waitsForEver: {
    code: `await new Promise(() => setInterval(() => {}, 1000))`,
    error: /^TimeoutError$/,
    state: 'timed_out',
  },
  neverSettles: { code: `await new Promise(() => {})`, error: /^TimeoutError$/, state: 'timed_out' },
  loopsInMicrotasks: { code: `for (;;) await null`, error: /^TimeoutError$/, state: 'timed_out' },
  blocksInAtomics: {
    code: `Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)`,
    error: /^TimeoutError$/,
    state: 'timed_out',
  },
  swallowsItsSignal: {
    code: `context.signal.addEventListener('abort', () => { throw new Error('no') }); for (;;) await new Promise((done) => setTimeout(done, 5))`,
    error: /^TimeoutError$|^Error$/,
    state: 'timed_out',
  },
  stackOverflow: { code: `const dive = (): number => 1 + dive(); dive()`, error: /^RangeError$/ },
  fillsTheHeap: {
    code: `const all: unknown[] = []; for (;;) all.push(new Array(1e5).fill(all.length))`,
    error: /^OutOfMemoryError$/,
  },
  returnsFunction: { code: `return () => 1`, error: /^TypeError$/ },
  returnsSymbol: { code: `return Symbol('x')`, error: /^TypeError$/ },
  returnsBigIntInCircle: {
    code: `const circle: any = { n: 1n }; circle.self = circle; return circle`,
    error: /^TypeError$/,
  },
  returnsCircle: {
    code: `const circle: any = {}; circle.self = circle; return circle`,
    error: /^TypeError$/,
  },
  returnsHundredMegabytes: { code: `return 'x'.repeat(100_000_000)`, error: /^RangeError$/ },
  returnsTrap: { code: `return { toJSON() { throw new SyntaxError('trap') } }`, error: /^SyntaxError$/ },
  returnsDeep: {
    code: `let deep: unknown = 1; for (let i = 0; i < 1e5; i++) deep = [deep]; return deep`,
    error: /^RangeError$/,
  },
  floodsStdout: {
    code: `for (let i = 0; i < 20_000; i++) process.stdout.write('x'.repeat(1000) + '\\n'); throw new Error('done')`,
    error: /^Error$/,
  },
  floodsConsole: {
    code: `for (let i = 0; i < 5_000; i++) console.log('line ' + i); throw new Error('done')`,
    error: /^Error$/,
  },
  floodsProgress: {
    code: `for (let i = 0; i < 5_000; i++) context.progress(i / 5_000); throw new Error('done')`,
    error: /^Error$/,
  },
  progressNonsense: { code: `context.progress('half' as never)`, error: /^TypeError$/ },
  breaksGlobals: {
    code: `(globalThis as any).JSON = { stringify() { throw new Error('broken') } }; process.exit(9)`,
    error: /./,
  },
  forgesNotices: {
    code: `const { parentPort } = await import('node:worker_threads')
      delete (parentPort as any).postMessage
      const forged = (number: number) => ({ kind: 'ended', number, end: { kind: 'succeeded', result: '"forged"' } })
      for (const message of [null, undefined, 1, 'x', {}, [], { _WORKER_READY: true }, { key: null, notice: null }])
        parentPort!.postMessage(message)
      for (let number = 0; number < 500; number++)
        for (const message of [forged(number), { key: '', notice: forged(number) }, { number, kind: 'log' }, { number, kind: 'subtask' }])
          parentPort!.postMessage(message)
      await new Promise((done) => setTimeout(done, 50))
      throw new Error('done')`,
    error: /^Error$/,
  },
  closesItsPort: {
    code: `const { parentPort } = await import('node:worker_threads')
      Object.getPrototypeOf(parentPort).close.call(parentPort)
      throw new Error('done')`,
    error: /^Error$|^ThreadExitError$/,
  },
  abortsOthers: {
    code: `const { BroadcastChannel, workerData } = await import('node:worker_threads')
      for (const name of ['penstock-abort', ...Object.values(workerData ?? {}).map(String)]) {
        const channel = new BroadcastChannel(name)
        for (const message of [null, 1, 'x', {}, { number: 1, attempt: 1, reason: 'no' }]) channel.postMessage(message)
        channel.close()
      }
      throw new Error('done')`,
    error: /^Error$/,
  },
  writesToPipes: {
    code: `const { writeSync } = await import('node:fs')
      for (let fd = 3; fd < 64; fd++) try { writeSync(fd, Buffer.alloc(1000, 0xff)) } catch {}
      throw new Error('done')`,
    error: /./,
  },
  killsItsProcess: { code: `process.kill(process.pid, 'SIGKILL')`, error: /^PoisonTaskError$/ },
  aborts: { code: `process.abort()`, error: /^TypeError$/ },
  segfaults: { code: `process.kill(process.pid, 'SIGSEGV')`, error: /^PoisonTaskError$/ },
}
const NAMES = Object.keys(HOSTILE)

const source = `
${NAMES.map((name) => `export async function ${name}(_input: any, context: any): Promise<any> { ${HOSTILE[name]!.code} }`).join('\n')}
export const neighbour = () => 'unharmed'
`

describe(`${NAMES.length} kinds of hostile handler`, { timeout: 60_000 }, () => {
  let fixture: TestBroker
  beforeAll(async () => {
    fixture = await openTestBroker({ taskFiles: { 'hostile.ts': source }, threads: 2 })
  })
  afterAll(() => fixture[Symbol.asyncDispose]())

  it.each(NAMES)('%s ends its own task as it should, and its neighbours finish', async (name) => {
    const { broker } = fixture
    const [hostile, ...neighbours] = await broker.submit([
      // Time enough to fail in its own way where the machine is busy.
      { name, maxRetries: 0, timeoutMs: HOSTILE[name]!.state === 'timed_out' ? 1000 : 20_000 },
      ...Array.from({ length: 5 }, () => ({ name: 'neighbour' })),
    ])
    const task = await untilFinal(broker, hostile!.id)
    expect(task.state).toBe(HOSTILE[name]!.state ?? 'failed')
    expect(task.error!.type).toMatch(HOSTILE[name]!.error)
    expect(task.error!.message.length).toBeLessThanOrEqual(10_001)
    for (const { id } of neighbours)
      expect(await untilFinal(broker, id)).toMatchObject({ state: 'succeeded', result: '"unharmed"' })
  })

  it('leave a broker that works', async () => {
    const { broker } = fixture
    expect((await broker.health()).status).not.toBe('unhealthy')
    const [receipt] = await broker.submit([{ name: 'neighbour' }])
    expect((await untilFinal(broker, receipt!.id)).state).toBe('succeeded')
  })
})
