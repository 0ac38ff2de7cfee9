import { getRouteApi } from '@tanstack/react-router'
import { useCallback } from 'react'
import type { TasksSearch } from './tasks-search.ts'

const route = getRouteApi('/tasks')

export type ChangeSearch = (change: Partial<TasksSearch>, options?: { readonly replace: boolean }) => void

/** What the address says, and how to change it. `replace` leaves no step to go back to. */
export function useTasksSearch(): { readonly search: TasksSearch; readonly change: ChangeSearch } {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const change = useCallback<ChangeSearch>(
    (patch, { replace } = { replace: false }) =>
      void navigate({ search: (before: TasksSearch) => ({ ...before, ...patch }), replace }),
    [navigate],
  )
  return { search, change }
}
