import { describe, expect, it } from 'vitest'
import type { FailureGroup } from '../../../shared/domain/broker.ts'
import { findTrouble, type AttentionFacts } from './attention.ts'
import { queueOf } from './queue-fixture.ts'

const NOW = 10_000_000

const calm: AttentionFacts = {
  now: NOW,
  lostForMs: null,
  health: { status: 'healthy', startedAt: 0, components: [{ name: 'store', isHealthy: true, detail: null }] },
  queues: [queueOf({})],
  untold: [],
  failures: [],
  slots: { busy: 1, total: 4 },
  handlerProblems: [],
}

const failure = (fields: Partial<FailureGroup>): FailureGroup => ({
  fingerprint: 'f',
  type: 'GatewayTimeoutError',
  message: 'Gateway did not answer within 10 s',
  count: 231,
  queues: ['payments'],
  names: ['process_payment'],
  latestTaskId: 't',
  latestAt: NOW - 12_000,
  ...fields,
})

const sentences = (facts: Partial<AttentionFacts>) =>
  findTrouble({ ...calm, ...facts }).map(({ subject, sentence, cause }) =>
    [`${subject} ${sentence}`, ...(cause === null ? [] : [cause])].join(' | '),
  )

describe('what needs attention', () => {
  it('is nothing when all is well', () => {
    expect(sentences({})).toEqual([])
  })

  it('names dead letters by queue, with the error most of them died of', () => {
    const queues = [queueOf({ name: 'payments', deadLetters: 268 })]

    expect(
      sentences({ queues, failures: [failure({}), failure({ type: 'CardDeclinedError', count: 22 })] }),
    ).toEqual([
      'payments has 268 dead letters, the latest 12 s ago | 231 from one error, GatewayTimeoutError',
    ])
    expect(sentences({ queues: [queueOf({ deadLetters: 1 })], failures: [] })).toEqual([
      'emails has 1 dead letter',
    ])
  })

  it('gathers the dead letters of lesser queues, so that they hide nothing else', () => {
    const queues = [
      queueOf({ name: 'emails', deadLetters: 31 }),
      queueOf({ name: 'payments', deadLetters: 268 }),
      queueOf({ name: 'images', deadLetters: 11 }),
    ]

    expect(sentences({ queues })).toEqual([
      'payments has 268 dead letters',
      '2 other queues have 42 dead letters | emails 31, images 11',
    ])
  })

  it('gives no number for an error that other queues share', () => {
    const queues = [queueOf({ name: 'payments', deadLetters: 5 })]

    expect(sentences({ queues, failures: [failure({ queues: ['payments', 'emails'] })] })).toEqual([
      'payments has 5 dead letters, the latest 12 s ago | Most often GatewayTimeoutError',
    ])
  })

  it('says that a queue falls behind, and why when it is known', () => {
    const behind = queueOf({ name: 'images', counts: { pending: 412 }, oldestPendingAt: NOW - 372_000 })

    expect(sentences({ queues: [behind], slots: { busy: 4, total: 4 } })).toEqual([
      'images is falling behind: the oldest task has waited 6 m 12 s | 4 of 4 slots busy',
    ])
    expect(sentences({ queues: [{ ...behind, submittedPerSecond: 0.9, throughputPerSecond: 0.5 }] })).toEqual(
      ['images is falling behind: the oldest task has waited 6 m 12 s | 0.9/s come in, 0.5/s get done'],
    )
  })

  it('says that nothing gets done, when nothing does', () => {
    const stuck = queueOf({ name: 'images', counts: { pending: 1 }, oldestPendingAt: NOW - 61_000 })

    expect(sentences({ queues: [stuck] })).toEqual([
      'images is falling behind: the oldest task has waited 1 m 1 s | Nothing has finished in the last minute',
    ])
  })

  it('does not complain about a short wait', () => {
    expect(
      sentences({ queues: [queueOf({ counts: { pending: 3 }, oldestPendingAt: NOW - 59_000 })] }),
    ).toEqual([])
  })

  it('never lets a queue without workers look idle', () => {
    const stalled = queueOf({
      name: 'reports',
      consumers: 0,
      counts: { pending: 14 },
      oldestPendingAt: NOW - 840_000,
    })

    expect(sentences({ queues: [stalled] })).toEqual([
      'reports has no workers: 14 tasks wait | The oldest for 14 m',
    ])
    // Where nobody tells how many take from it, only that it is slow is known.
    expect(sentences({ queues: [stalled], untold: ['consumers'] })).toEqual([
      'reports is falling behind: the oldest task has waited 14 m | Nothing has finished in the last minute',
    ])
  })

  it('says that a queue with tasks is paused, instead of that it is slow', () => {
    const paused = queueOf({
      isPaused: true,
      consumers: 0,
      counts: { pending: 9 },
      oldestPendingAt: NOW - 900_000,
    })

    expect(sentences({ queues: [paused] })).toEqual(['emails is paused with 9 tasks pending'])
  })

  it('puts a lost connection first, and then does not repeat what the broker said of itself', () => {
    const facts = {
      lostForMs: 12_000,
      health: {
        status: 'degraded',
        startedAt: 0,
        components: [{ name: 'executor', isHealthy: false, detail: null }],
      },
      queues: [queueOf({ deadLetters: 2 })],
    } as const

    expect(sentences(facts)).toEqual([
      'The broker does not answer. Trying again. | What is shown is from 12 s ago',
      'emails has 2 dead letters',
    ])
  })

  it('names a file of the tasks folder that could not be loaded', () => {
    const handlerProblems = [{ file: 'resize.ts', message: 'Unexpected "}" (line 4)' }]

    expect(sentences({ handlerProblems })).toEqual([
      'resize.ts could not be loaded from the tasks folder | Unexpected "}" (line 4)',
    ])
  })

  it('puts what cannot go on by itself before what is slow', () => {
    const queues = [
      queueOf({ name: 'slow', counts: { pending: 1 }, oldestPendingAt: NOW - 70_000 }),
      queueOf({ name: 'slower', counts: { pending: 1 }, oldestPendingAt: NOW - 700_000 }),
      queueOf({ name: 'few', deadLetters: 1 }),
      queueOf({ name: 'many', deadLetters: 9 }),
      queueOf({ name: 'stalled', consumers: 0, counts: { pending: 1 } }),
    ]

    expect(findTrouble({ ...calm, queues }).map(({ subject }) => subject)).toEqual([
      'stalled',
      'many',
      'few',
      'slower',
      'slow',
    ])
  })
})
