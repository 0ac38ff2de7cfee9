import { describe, expect, it } from 'vitest'
import { aTask, T } from '../task-fixture.ts'
import { maskInText } from '../../../ui/json/mask-in-text.ts'
import { detailOf } from './row-detail.ts'

const error = { type: 'TypeError', message: 'first line\nsecond', traceback: null, cause: null }

const asIs = (text: string) => text

describe('the words beside a task’s name', () => {
  it('are how far a running task is', () => {
    const progress = { fraction: 0.999, stage: 'writing', message: '', at: T }
    expect(detailOf(aTask({ state: 'running', progress }), asIs)).toBe('99 % · writing')
    expect(detailOf(aTask({ state: 'running' }), asIs)).toBeNull()
  })

  it('are why a task died or has to try again, on one line', () => {
    expect(detailOf(aTask({ state: 'failed', error }), asIs)).toBe('TypeError: first line')
    expect(detailOf(aTask({ state: 'retrying', error }), asIs)).toBe('TypeError: first line')
  })

  it('have their secrets hidden before they are cut to length', () => {
    const mask = (text: string) => maskInText(text, ['password']).text
    const message = `refused {"note":"${'x'.repeat(170)}","password":"hunter2 and much more"}`
    expect(detailOf(aTask({ state: 'failed', error: { ...error, message } }), mask)).not.toContain('hunt')
    const progress = { fraction: 0.5, stage: 'login', message: 'password=hunter2', at: T }
    expect(detailOf(aTask({ state: 'running', progress }), mask)).toBe('50 % · login · password=••••••')
  })

  it('are none where the state says it all', () => {
    expect(detailOf(aTask({ state: 'succeeded', error }), asIs)).toBeNull()
    expect(detailOf(aTask(), asIs)).toBeNull()
  })
})
