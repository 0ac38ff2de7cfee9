import { describe, expect, it } from 'vitest'
import type { BrokerEvent } from '../../shared/domain/event.ts'
import { isWanted, notableOf } from './notable.ts'

const event = (fields: Partial<BrokerEvent>): BrokerEvent => ({
  seq: 1,
  type: 'task.failed',
  at: 0,
  taskId: '0199b2c4-7a1e-7c3d-9f00-aa117b02f9c4',
  queue: 'mail',
  workerId: null,
  data: { name: 'send_email', error: { type: 'Error', message: 'SMTP: no route' } },
  ...fields,
})
const SETTINGS = {
  failedTasks: true,
  alerts: ['WORKER_DOWN' as const],
  quietHours: { isOn: false, from: 0, until: 0 },
}

describe('what is worth a notification', () => {
  it('is a task that failed or timed out for good', () => {
    expect(notableOf(event({}))).toMatchObject({
      kind: 'task',
      subject: 'task:mail/send_email',
      title: 'send_email failed',
      body: 'mail: SMTP: no route',
    })
    expect(notableOf(event({ type: 'task.timed_out' }))?.title).toBe('send_email timed out')
    expect(notableOf(event({ type: 'task.retrying' }))).toBeNull()
  })

  it('is an alert, muted by its rule', () => {
    const data = {
      alertId: 'a',
      alertType: 'WORKER_DOWN',
      severity: 'critical',
      message: 'Worker w1 is down',
    }
    const notable = notableOf(event({ type: 'alert.raised', taskId: null, data }))!
    expect(notable).toMatchObject({
      subject: 'alert:WORKER_DOWN',
      title: 'Critical alert',
      body: 'Worker w1 is down',
    })
    expect(isWanted(notable, SETTINGS)).toBe(true)
    expect(isWanted(notable, { ...SETTINGS, alerts: [] })).toBe(false)
    expect(notableOf(event({ type: 'alert.raised', data: { alertType: 'UNHEARD_OF' } }))).toBeNull()
  })

  it('is left out where nobody wants to hear of it', () => {
    const notable = notableOf(event({}))!
    expect(isWanted(notable, SETTINGS)).toBe(true)
    expect(isWanted(notable, { ...SETTINGS, failedTasks: false })).toBe(false)
  })

  it('stays one short line, whatever a task says of itself', () => {
    const message = `line\nline\u0007\u202e${'x'.repeat(5000)}`
    const { title, body } = notableOf(event({ data: { name: `n\n${'y'.repeat(300)}`, error: { message } } }))!
    expect(title.length).toBeLessThanOrEqual(100)
    expect(body.length).toBeLessThanOrEqual(300)
    expect(`${title}${body}`).not.toMatch(/[\n\u0007\u202e]/)
    expect(notableOf(event({ data: { name: 'bare' } }))).toMatchObject({ title: 'bare failed', body: 'mail' })
  })
})
