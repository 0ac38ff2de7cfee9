/** What the address of the page Schedules says. */
export interface SchedulesSearch {
  /** Id of the schedule that is open beside the list. */
  readonly open?: string | undefined
}

/** Reads the address; what is not understood is left out. */
export function parseSchedulesSearch({ open }: Record<string, unknown>): SchedulesSearch {
  return { open: typeof open === 'string' && open !== '' ? open : undefined }
}
