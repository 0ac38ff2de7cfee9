import {
  Activity,
  ArchiveX,
  Bell,
  Braces,
  CalendarClock,
  ChartLine,
  Cpu,
  Layers,
  LayoutDashboard,
  ListChecks,
  Settings,
  Workflow,
  type LucideIcon,
} from 'lucide-react'

export type PagePath =
  | '/'
  | '/tasks'
  | '/queues'
  | '/workers'
  | '/dead-letters'
  | '/events'
  | '/workflows'
  | '/schedules'
  | '/analytics'
  | '/alerts'
  | '/api'
  | '/settings'

export interface PageEntry {
  readonly path: PagePath
  readonly title: string
  readonly icon: LucideIcon
  /** Pressed after `g`. */
  readonly key: string
  /** Pages of one group stand together in the rail; `foot` at its lower end. */
  readonly group: 'work' | 'insight' | 'foot'
}

/** The pages there are, in the rail's order. A new page is one line here and one route in `router.tsx`. */
export const PAGES: readonly PageEntry[] = [
  { path: '/', title: 'Overview', icon: LayoutDashboard, key: 'o', group: 'work' },
  { path: '/tasks', title: 'Tasks', icon: ListChecks, key: 't', group: 'work' },
  { path: '/queues', title: 'Queues', icon: Layers, key: 'q', group: 'work' },
  { path: '/workers', title: 'Workers', icon: Cpu, key: 'w', group: 'work' },
  { path: '/dead-letters', title: 'Dead letters', icon: ArchiveX, key: 'd', group: 'work' },
  { path: '/events', title: 'Events', icon: Activity, key: 'e', group: 'insight' },
  { path: '/workflows', title: 'Workflows', icon: Workflow, key: 'f', group: 'insight' },
  { path: '/schedules', title: 'Schedules', icon: CalendarClock, key: 's', group: 'insight' },
  { path: '/analytics', title: 'Analytics', icon: ChartLine, key: 'y', group: 'insight' },
  { path: '/alerts', title: 'Alerts', icon: Bell, key: 'a', group: 'insight' },
  { path: '/api', title: 'API', icon: Braces, key: 'i', group: 'foot' },
  { path: '/settings', title: 'Settings', icon: Settings, key: ',', group: 'foot' },
]
