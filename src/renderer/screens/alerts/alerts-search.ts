export const ALERT_VIEWS = ['open', 'history', 'rules'] as const
export type AlertView = (typeof ALERT_VIEWS)[number]

/** What the address of the page Alerts says. */
export interface AlertsSearch {
  readonly view?: AlertView | undefined
}

/** Reads the address; what is not understood is left out. */
export function parseAlertsSearch({ view }: Record<string, unknown>): AlertsSearch {
  return { view: ALERT_VIEWS.find((known) => known === view) }
}
