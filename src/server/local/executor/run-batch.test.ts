import { beforeEach, afterEach, describe, expect, it, vi } from 'vitest'
import type { AttemptEnd } from '../../../shared/domain/attempt-end.ts'
import { type JsonText, NO_ARGS, NO_KWARGS } from '../../../shared/domain/json.ts'
import { RECALLED, type ThreadAttempt, type ThreadEnd } from './executor-protocol.ts'
import { type BatchRun, runBatch } from './run-batch.ts'

const attempt = (number: number, timeoutMs = 1000): ThreadAttempt => ({
  assignment: {
    number,
    id: String(number),
    name: 't',
    queue: 'q',
    attempt: 1,
    args: NO_ARGS,
    kwargs: NO_KWARGS,
    metadata: {},
    timeoutMs,
    checkpoint: null,
    parents: null,
  },
  moduleUrl: 'file:///t.mjs',
  exportName: 't',
})
const ended = (number: number, at = 0): ThreadEnd => ({
  number,
  name: 't',
  startedAt: at,
  at,
  ranMs: 0,
  end: { kind: 'succeeded', result: 'null' as JsonText },
})
const error = { type: 'Error', message: 'Oh', traceback: null, cause: null }
const failed = (number: number): ThreadEnd => ({
  ...ended(number),
  end: { kind: 'failed', error, mayRetry: true, retryAfterMs: null },
})

/** Lets time pass, and then what is on its way arrive. */
async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms)
  for (let turn = 0; turn < 5; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve))
}

/** A batch in a thread that does as the test says. */
function fixture(numbers: readonly number[], timeoutMs = 60_000) {
  const told: string[] = []
  const ends = new Map<number, AttemptEnd>()
  const asked: number[] = []
  let begun = new Int32Array(new SharedArrayBuffer(4))
  let signal: AbortSignal | undefined
  let settle = { free: () => {}, lose: (_reason: unknown) => {} }
  const batch: BatchRun = runBatch(
    {
      abort: ({ number }) => void asked.push(number),
      run: (request, stop) => {
        begun = new Int32Array(request.begun)
        signal = stop
        return new Promise((resolve, reject) => {
          settle = { free: resolve, lose: reject }
          stop.addEventListener('abort', () => reject(stop.reason as Error))
        })
      },
    },
    numbers.map((number) => attempt(number, timeoutMs)),
    { startedAt: 0, now: () => 0 },
    {
      onStarted: ({ number }) => void told.push(`started ${number}`),
      onEnded: ({ number }, _startedAt, _at, end) => {
        told.push(`${end.kind} ${number}`)
        ends.set(number, end)
      },
      onRecalled: (assignments) =>
        void told.push(`recalled ${assignments.map(({ number }) => number).join(' ')}`),
      onFree: () => void told.push('free'),
    },
  )
  return {
    batch,
    told,
    ends,
    asked,
    /** As the thread does before each attempt. */
    begin: (index: number) => Atomics.compareExchange(begun, 0, index, index + 1) !== RECALLED,
    isStopped: () => signal?.aborted === true,
    free: () => settle.free(),
    lose: (reason: unknown) => settle.lose(reason),
  }
}

describe('a batch in a thread', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
  afterEach(() => void vi.useRealTimers())

  it('ends each attempt, in order, and then the thread is free', async () => {
    const { batch, told, begin, free } = fixture([1, 2])
    begin(0)
    batch.ended(ended(1))
    begin(1)
    batch.ended(ended(2))
    free()
    await pass(0)
    expect(told).toEqual(['succeeded 1', 'succeeded 2', 'free'])
  })

  it('waits for ends that are still on their way when the thread is free', async () => {
    const { batch, told, begin, free } = fixture([1])
    begin(0)
    free()
    await pass(0)
    expect(told).toEqual([])
    batch.ended(ended(1))
    expect(told).toEqual(['succeeded 1', 'free'])
  })

  it('fails an attempt whose end never comes', async () => {
    const { told, begin, free } = fixture([1])
    begin(0)
    free()
    await pass(1000)
    expect(told).toEqual(['failed 1', 'free'])
  })

  it('takes an end that lay there when the time for it was over, as after a pause of the process', async () => {
    const { batch, told, begin, free } = fixture([1])
    begin(0)
    free()
    await pass(0)
    vi.advanceTimersByTime(1000)
    batch.ended(ended(1))
    await pass(0)
    expect(told).toEqual(['succeeded 1', 'free'])
  })

  it('takes back what waits behind an attempt that goes on too long', async () => {
    const { batch, told, begin, free } = fixture([1, 2, 3])
    begin(0)
    batch.ended(ended(1))
    begin(1)
    await pass(20)
    expect(told).toEqual(['succeeded 1', 'recalled 3', 'started 2'])
    expect(begin(2)).toBe(false)
    batch.ended(ended(2))
    free()
    await pass(0)
    expect(told.slice(3)).toEqual(['succeeded 2', 'free'])
  })

  it('stops the thread of an attempt past its limit, and gives the others back', async () => {
    const { told, ends, asked, begin, isStopped } = fixture([1, 2], 10)
    begin(0)
    await pass(10 + 10)
    expect(asked).toEqual([1])
    await pass(500)
    expect(isStopped()).toBe(true)
    expect(told).toEqual(['recalled 2', 'started 1', 'timed_out 1', 'free'])
    expect(ends.get(1)).toMatchObject({ error: { type: 'TimeoutError' } })
  })

  it('fails only the attempt that took its thread down', async () => {
    const { batch, told, ends, begin, lose } = fixture([1, 2, 3])
    begin(0)
    begin(1)
    lose(new Error('Worker exited with code: 3'))
    batch.ended(ended(1))
    await pass(0)
    expect(told).toEqual(['succeeded 1', 'recalled 3', 'failed 2', 'free'])
    expect(ends.get(2)).toMatchObject({ error: { type: 'ThreadExitError' } })
  })

  it('gives all back when its thread went before it began', async () => {
    const { told, lose } = fixture([1, 2])
    lose(new Error('gone'))
    await pass(0)
    expect(told).toEqual(['recalled 1 2', 'free'])
  })

  it('asks the running attempt to end, and takes back one that has not begun', async () => {
    const { batch, told, asked, begin, isStopped } = fixture([1, 2])
    begin(0)
    batch.abort(2, 'cancel', true)
    expect(told).toEqual(['recalled 2', 'started 1'])
    batch.abort(1, 'cancel', true)
    expect(asked).toEqual([1])
    await pass(500)
    expect(isStopped()).toBe(true)
    expect(told.slice(2)).toEqual(['cancelled 1', 'free'])
  })

  it('tells of a start before what the attempt tells, once', () => {
    const { batch, told, begin } = fixture([1, 2])
    begin(0)
    batch.ended(ended(1))
    begin(1)
    batch.told(2)
    batch.told(2)
    expect(told).toEqual(['succeeded 1', 'started 2'])
  })

  it('takes no end from an attempt that it does not run', () => {
    const { batch, told, begin } = fixture([1, 2])
    begin(0)
    batch.ended(ended(2))
    batch.ended(ended(7))
    batch.ended(ended(1))
    batch.ended(ended(1))
    expect(told).toEqual(['succeeded 1'])
  })

  it('blames nobody for what fails because the program stops', async () => {
    const { batch, told, asked, begin, free } = fixture([1, 2])
    begin(0)
    batch.drain()
    expect(asked).toEqual([1])
    batch.ended(failed(1))
    free()
    await pass(0)
    expect(told).toEqual(['recalled 2', 'started 1', 'lost 1', 'free'])
  })
})
