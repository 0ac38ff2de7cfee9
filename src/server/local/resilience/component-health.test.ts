import { afterEach, expect, it, vi } from 'vitest'
import type { Component } from '../../../shared/domain/resilience.ts'
import { checkComponents, type HealthDependencies } from './component-health.ts'

type StoreAnswers = HealthDependencies['store']

const store = (lastSeq: () => Promise<number>): StoreAnswers => ({
  numbers: (async () => lastSeq()) as unknown as StoreAnswers['numbers'],
  read: (async () => []) as unknown as StoreAnswers['read'],
})
const WELL: HealthDependencies = {
  store: store(async () => 7),
  storeFailure: () => null,
  storeNotice: null,
  publishedSeq: () => 7,
  hasActiveWorker: () => true,
  executorTrouble: () => null,
  troubledJobs: () => [],
}

afterEach(() => void vi.useRealTimers())

it('finds nothing wrong where nothing is', async () => {
  const found = await checkComponents(WELL)
  expect(found.every(({ isHealthy, detail }) => isHealthy && detail === null)).toBe(true)
})

it.each<[Component, string, Partial<HealthDependencies>]>([
  ['database', 'the disk is gone', { storeFailure: () => 'the disk is gone' }],
  ['database', 'does not answer', { store: store(() => Promise.reject(new Error('no'))) }],
  ['workers', 'crashed', { executorTrouble: () => 'crashed' }],
  ['workers', 'no worker takes tasks', { hasActiveWorker: () => false }],
  ['scheduler', 'late or failing: retention', { troubledJobs: () => ['retention'] }],
  ['events', 'events on disk have not been published', { publishedSeq: () => 6 }],
])('says of the %s: %s', async (component, detail, wrong) => {
  const found = await checkComponents({ ...WELL, ...wrong })
  expect(found.filter(({ isHealthy }) => !isHealthy)).toEqual([{ name: component, isHealthy: false, detail }])
})

it('tells what there is to know of a database that is in order', async () => {
  const [database] = await checkComponents({ ...WELL, storeNotice: 'a damaged one lies beside it' })
  expect(database).toEqual({ name: 'database', isHealthy: true, detail: 'a damaged one lies beside it' })
})

it('waits no longer than two seconds for a store that does not answer', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const found = checkComponents({ ...WELL, store: store(() => new Promise<number>(() => {})) })
  vi.advanceTimersByTime(2000)
  expect((await found)[0]).toEqual({ name: 'database', isHealthy: false, detail: 'does not answer' })
})

it('takes an answer that lay there when the time was over, as after a pause of the process', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const { promise, resolve } = Promise.withResolvers<number>()
  const found = checkComponents({ ...WELL, store: store(() => promise) })
  vi.advanceTimersByTime(2000)
  resolve(7)
  expect((await found)[0]).toEqual({ name: 'database', isHealthy: true, detail: null })
})
