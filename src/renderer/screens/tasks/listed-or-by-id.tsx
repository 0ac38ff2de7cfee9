import { useLacking } from '../../app/use-lacking.ts'
import { TaskByIdPage } from './task-by-id-page.tsx'
import { TasksPage } from './tasks-page.tsx'

/** The page of tasks: all of them, where the broker lists them. */
export function ListedOrById() {
  const reason = useLacking('listTasks')
  return reason === null ? <TasksPage /> : <TaskByIdPage reason={reason} />
}
