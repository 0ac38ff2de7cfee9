import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from '@tanstack/react-router'
import { parseAlertsSearch } from '../screens/alerts/alerts-search.ts'
import { parseAnalyticsSearch } from '../screens/analytics/analytics-search.ts'
import { parseApiSearch } from '../screens/api/api-search.ts'
import { parseDeadLettersSearch } from '../screens/dead-letters/dead-letters-search.ts'
import { parseEventsSearch } from '../screens/events/events-search.ts'
import { parseOverviewSearch } from '../screens/overview/overview-search.ts'
import { parseQueueSearch, parseQueuesSearch } from '../screens/queues/queues-search.ts'
import { parseSchedulesSearch } from '../screens/schedules/schedules-search.ts'
import { parseCompareSearch } from '../screens/tasks/compare/compare-search.ts'
import { parseTasksSearch } from '../screens/tasks/tasks-search.ts'
import { parseWorkersSearch } from '../screens/workers/workers-search.ts'
import { parseWorkflowsSearch } from '../screens/workflows/workflows-search.ts'
import { Frame } from './frame/frame.tsx'
import { PageFailure, PageMissing, PagePending } from './frame/page-states.tsx'

const rootRoute = createRootRoute({ component: Frame, notFoundComponent: PageMissing })

const overviewRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  validateSearch: parseOverviewSearch,
  component: lazyRouteComponent(() => import('../screens/overview/overview-page.tsx'), 'OverviewPage'),
})

const tasksRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/tasks',
  validateSearch: parseTasksSearch,
  component: lazyRouteComponent(() => import('../screens/tasks/listed-or-by-id.tsx'), 'ListedOrById'),
})

const compareRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/tasks/compare',
  validateSearch: parseCompareSearch,
  component: lazyRouteComponent(() => import('../screens/tasks/compare/compare-page.tsx'), 'ComparePage'),
})

const eventsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/events',
  validateSearch: parseEventsSearch,
  component: lazyRouteComponent(() => import('../screens/events/events-page.tsx'), 'EventsPage'),
})

const workflowsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/workflows',
  validateSearch: parseWorkflowsSearch,
  component: lazyRouteComponent(() => import('../screens/workflows/workflows-page.tsx'), 'WorkflowsPage'),
})

const schedulesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/schedules',
  validateSearch: parseSchedulesSearch,
  component: lazyRouteComponent(() => import('../screens/schedules/schedules-page.tsx'), 'SchedulesPage'),
})

const analyticsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/analytics',
  validateSearch: parseAnalyticsSearch,
  component: lazyRouteComponent(() => import('../screens/analytics/analytics-page.tsx'), 'AnalyticsPage'),
})

const alertsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/alerts',
  validateSearch: parseAlertsSearch,
  component: lazyRouteComponent(() => import('../screens/alerts/alerts-page.tsx'), 'AlertsPage'),
})

const apiRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/api',
  validateSearch: parseApiSearch,
  component: lazyRouteComponent(() => import('../screens/api/api-page.tsx'), 'ApiPage'),
})

const settingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/settings',
  component: lazyRouteComponent(() => import('../screens/settings/settings-page.tsx'), 'SettingsPage'),
})

const queuesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/queues',
  validateSearch: parseQueuesSearch,
  component: lazyRouteComponent(() => import('../screens/queues/queues-page.tsx'), 'QueuesPage'),
})

const queueRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/queues/$queue',
  validateSearch: parseQueueSearch,
  component: lazyRouteComponent(() => import('../screens/queues/queue-page.tsx'), 'QueuePage'),
})

const workersRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/workers',
  validateSearch: parseWorkersSearch,
  component: lazyRouteComponent(() => import('../screens/workers/workers-page.tsx'), 'WorkersPage'),
})

const deadLettersRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/dead-letters',
  validateSearch: parseDeadLettersSearch,
  component: lazyRouteComponent(
    () => import('../screens/dead-letters/dead-letters-page.tsx'),
    'DeadLettersPage',
  ),
})

/** Addresses live behind `#`, so that the same files work from `app://`, over HTTP and from a file. */
export const router = createRouter({
  routeTree: rootRoute.addChildren([
    overviewRoute,
    tasksRoute,
    compareRoute,
    queuesRoute,
    queueRoute,
    workersRoute,
    deadLettersRoute,
    eventsRoute,
    workflowsRoute,
    schedulesRoute,
    analyticsRoute,
    alertsRoute,
    apiRoute,
    settingsRoute,
  ]),
  history: createHashHistory(),
  defaultPreload: 'intent',
  defaultPendingMs: 150,
  defaultPendingComponent: PagePending,
  defaultErrorComponent: PageFailure,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
