import { describe, expect, it } from 'vitest'
import { foldedText, groupFrames, readTraceback } from './traceback.ts'

const V8 = `GatewayTimeoutError: Payment gateway did not answer within 10 s
    at GatewayClient.createIntent (/home/me/tasks/lib/gateway.ts:17:13)
    at new Wrapper (file:///home/me/tasks/wrap%20me.ts:3:1)
    at async Object.run (/home/me/tasks/payments.ts:16:5)
    at async runTask (file:///opt/penstock/out/server/executor-thread.js:143:19)
    at async onMessage (/opt/penstock/node_modules/piscina/dist/worker.js:180:22)
    at process.processTicksAndRejections (node:internal/process/task_queues:105:5)`

const places = (text: string) =>
  readTraceback(text, ['/home/me/tasks']).map(
    ({ name, file, line }) => `${name ?? '-'} ${file}:${line ?? '-'}`,
  )

describe('the stack of a JavaScript error', () => {
  it('names function, file and line of each frame, innermost first', () => {
    expect(places(V8).slice(0, 3)).toEqual([
      'GatewayClient.createIntent tasks/lib/gateway.ts:17',
      'new Wrapper tasks/wrap me.ts:3',
      'run tasks/payments.ts:16',
    ])
  })

  it('tells the author’s frames from those of packages, the runtime and the executor', () => {
    expect(readTraceback(V8).map(({ origin }) => origin)).toEqual([
      null,
      null,
      null,
      'Penstock',
      'piscina',
      'node:internal',
    ])
  })

  it('folds neighbouring library frames into one line, and leaves the app’s alone', () => {
    const groups = groupFrames(readTraceback(V8))
    expect(groups.map(({ kind }) => kind)).toEqual(['app', 'app', 'app', 'library'])
    const folded = groups.at(-1)
    expect(folded?.kind === 'library' && foldedText(folded)).toBe('3 frames in Penstock, piscina and 1 more')
  })

  it.each([
    ['a place without a function', '    at /srv/tasks/a.ts:1:2', '- /srv/tasks/a.ts:1'],
    ['a path of Windows', '    at run (C:\\tasks\\a b\\x.ts:10:2)', 'run C:\\tasks\\a b\\x.ts:10'],
    ['a method under another name', '    at A.b [as c] (/x/y.js:5:6)', 'A.b /x/y.js:5'],
    [
      'a bracketed runtime frame',
      '    at [nodejs.internal.kHybridDispatch] (node:internal/event_target:848:20)',
      '[nodejs.internal.kHybridDispatch] node:internal/event_target:848',
    ],
    ['native code', '    at Array.map (<anonymous>)', 'Array.map :-'],
    ['JSON.parse', '    at JSON.parse (<anonymous>)', 'JSON.parse :-'],
  ])('understands %s', (_what, line, expected) => {
    expect(places(`Error: x\n${line}`)).toEqual([expected])
  })

  it('names scoped and nested packages', () => {
    const [frame] = readTraceback('at f (/a/node_modules/x/node_modules/@scope/pkg/i.js:1:1)')
    expect(frame?.origin).toBe('@scope/pkg')
  })
})

describe('a traceback of Python', () => {
  const PYTHON = `Traceback (most recent call last):
  File "/usr/lib/python3.12/asyncio/runners.py", line 194, in run
    return runner.run(main)
  File "/srv/app/tasks/payments.py", line 31, in process_payment
    intent = gateway.create(order)
  File "/srv/app/venv/lib/python3.12/site-packages/requests/api.py", line 59, in get
    return request("get", url)
requests.exceptions.ReadTimeout: timed out`

  it('is turned round, so that the innermost frame comes first, with its line of code', () => {
    expect(readTraceback(PYTHON).map(({ name, line, code, origin }) => [name, line, code, origin])).toEqual([
      ['get', 59, 'return request("get", url)', 'requests'],
      ['process_payment', 31, 'intent = gateway.create(order)', null],
      ['run', 194, 'return runner.run(main)', 'Python'],
    ])
  })
})

describe('any other text', () => {
  it('has no frames', () => {
    expect(readTraceback('goroutine 1 [running]:\nmain.main()\n\t/tmp/x.go:3 +0x1d')).toEqual([])
    expect(readTraceback('')).toEqual([])
  })

  it('is read quickly, however long its lines are', () => {
    const took = () => {
      const before = performance.now()
      readTraceback(`at ${'a('.repeat(20_000)}\nat ${'/x'.repeat(20_000)}`)
      return performance.now() - before
    }
    // The shortest: the machine may do something else during one of them.
    expect(Math.min(took(), took(), took())).toBeLessThan(1000)
  })
})
