import type { MenuItemConstructorOptions } from 'electron'

/** What the tray tells of the broker. */
export interface BrokerGlance {
  readonly deadLetters: number
  readonly openAlerts: number
  readonly running: number
  readonly queues: { readonly total: number; readonly paused: number }
}

export interface TrayActions {
  open(): void
  openDeadLetters(): void
  openAlerts(): void
  pauseAll(): void
  resumeAll(): void
  quit(): void
}

const countOf = (count: number, one: string) =>
  `${count.toLocaleString('en')} ${one}${count === 1 ? '' : 's'}`

/** One line: what the pointer is told, and screen readers. */
export function trayTooltip(glance: BrokerGlance | null): string {
  if (glance === null) return 'Penstock'
  const { deadLetters, openAlerts, running, queues } = glance
  const parts = [
    ...(openAlerts > 0 ? [countOf(openAlerts, 'alert')] : []),
    ...(deadLetters > 0 ? [countOf(deadLetters, 'dead letter')] : []),
    ...(queues.paused > 0 ? [`${countOf(queues.paused, 'queue')} paused`] : []),
    `${running.toLocaleString('en')} running`,
  ]
  return `Penstock: ${parts.join(', ')}`
}

/**
 * The menu of the tray, and of the dock on macOS.
 * @param glance null while the broker does not run
 */
export function trayMenu(glance: BrokerGlance | null, actions: TrayActions): MenuItemConstructorOptions[] {
  const { deadLetters, openAlerts, queues } = glance ?? {
    deadLetters: 0,
    openAlerts: 0,
    queues: { total: 0, paused: 0 },
  }
  return [
    { id: 'open', label: 'Open Penstock', click: actions.open },
    { type: 'separator' },
    {
      id: 'dead-letters',
      label: deadLetters === 0 ? 'No dead letters' : countOf(deadLetters, 'dead letter'),
      enabled: deadLetters > 0,
      click: actions.openDeadLetters,
    },
    ...(openAlerts === 0
      ? []
      : [{ id: 'alerts', label: countOf(openAlerts, 'open alert'), click: actions.openAlerts }]),
    { type: 'separator' },
    {
      id: 'pause-all',
      label: 'Pause all queues',
      enabled: queues.paused < queues.total,
      click: actions.pauseAll,
    },
    {
      id: 'resume-all',
      label: queues.paused === 0 ? 'Resume all queues' : `Resume ${countOf(queues.paused, 'paused queue')}`,
      enabled: queues.paused > 0,
      click: actions.resumeAll,
    },
    { type: 'separator' },
    { id: 'quit', label: 'Quit Penstock', click: actions.quit },
  ]
}
