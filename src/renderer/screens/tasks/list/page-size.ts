import { MAX_PAGE_SIZE } from '../../../../shared/domain/limits.ts'

export const FIRST_PAGE_SIZE = 100

/** How many rows to ask for next: readers who go far are spared the small steps. */
export function nextPageSize(loaded: number): number {
  if (loaded < 500) return FIRST_PAGE_SIZE
  return loaded < 5000 ? 500 : MAX_PAGE_SIZE
}
