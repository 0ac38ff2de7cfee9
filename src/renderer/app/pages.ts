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
import { WINDOW_PAGES, type PagePath } from '../../shared/contract/window-commands.ts'
import type { CapabilityName } from '../../shared/domain/capabilities.ts'

export type { PagePath } from '../../shared/contract/window-commands.ts'

export interface PageEntry {
  readonly path: PagePath
  readonly title: string
  readonly icon: LucideIcon
  /** Pressed after `g`. */
  readonly key: string
  /** Without it there is nothing to show; null where there always is. */
  readonly needs: CapabilityName | null
  /** Pages of one group stand together in the rail; `foot` at its lower end. */
  readonly group: 'work' | 'insight' | 'foot'
}

const ICONS: Readonly<Record<PagePath, LucideIcon>> = {
  '/': LayoutDashboard,
  '/tasks': ListChecks,
  '/queues': Layers,
  '/workers': Cpu,
  '/dead-letters': ArchiveX,
  '/events': Activity,
  '/workflows': Workflow,
  '/schedules': CalendarClock,
  '/analytics': ChartLine,
  '/alerts': Bell,
  '/api': Braces,
  '/settings': Settings,
}

/** A broker without it has nothing to show on the page. */
const NEEDS: Partial<Readonly<Record<PagePath, CapabilityName>>> = {
  '/': 'overview',
  '/queues': 'queues',
  '/workers': 'workers',
  '/dead-letters': 'failureGroups',
  '/events': 'events',
  '/workflows': 'workflows',
  '/schedules': 'schedules',
  '/analytics': 'stats',
  '/alerts': 'alerts',
}

/** The pages there are, in the rail's order. A new one is a line in `window-commands.ts`, its icon, and a route. */
export const PAGES: readonly PageEntry[] = WINDOW_PAGES.map((page) => ({
  ...page,
  icon: ICONS[page.path],
  needs: NEEDS[page.path] ?? null,
}))
