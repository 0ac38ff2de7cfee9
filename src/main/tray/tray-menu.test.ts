import { describe, expect, it } from 'vitest'
import { trayMenu, trayTooltip, type BrokerGlance } from './tray-menu.ts'

const GLANCE: BrokerGlance = { deadLetters: 0, openAlerts: 0, running: 3, queues: { total: 4, paused: 0 } }
const NOTHING = () => {}
const ACTIONS = {
  open: NOTHING,
  openDeadLetters: NOTHING,
  openAlerts: NOTHING,
  pauseAll: NOTHING,
  resumeAll: NOTHING,
  quit: NOTHING,
}
const items = (glance: BrokerGlance | null) =>
  trayMenu(glance, ACTIONS).flatMap(({ id, label, enabled = true }) =>
    id === undefined ? [] : [enabled ? label : `(${label})`],
  )

describe('the tray', () => {
  it('says how many dead letters and alerts there are, and that there are none', () => {
    expect(items({ ...GLANCE, deadLetters: 1234, openAlerts: 1 })).toContain('1,234 dead letters')
    expect(items({ ...GLANCE, deadLetters: 1, openAlerts: 2 })).toEqual(
      expect.arrayContaining(['1 dead letter', '2 open alerts']),
    )
    expect(items(GLANCE)).toContain('(No dead letters)')
  })

  it('pauses what takes tasks and resumes what is paused', () => {
    expect(items(GLANCE)).toEqual(expect.arrayContaining(['Pause all queues', '(Resume all queues)']))
    expect(items({ ...GLANCE, queues: { total: 4, paused: 1 } })).toEqual(
      expect.arrayContaining(['Pause all queues', 'Resume 1 paused queue']),
    )
    expect(items({ ...GLANCE, queues: { total: 4, paused: 4 } })).toEqual(
      expect.arrayContaining(['(Pause all queues)', 'Resume 4 paused queues']),
    )
  })

  it('opens and quits also while no broker runs', () => {
    expect(items(null)).toEqual([
      'Open Penstock',
      '(No dead letters)',
      '(Pause all queues)',
      '(Resume all queues)',
      'Quit Penstock',
    ])
  })

  it('tells the pointer what matters first', () => {
    expect(trayTooltip({ deadLetters: 2, openAlerts: 1, running: 0, queues: { total: 1, paused: 1 } })).toBe(
      'Penstock: 1 alert, 2 dead letters, 1 queue paused, 0 running',
    )
    expect(trayTooltip(null)).toBe('Penstock')
  })
})
