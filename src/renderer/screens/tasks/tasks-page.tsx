import { ListChecks } from 'lucide-react'
import type { ReactElement } from 'react'
import { Page } from '../../app/frame/page.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'

export function TasksPage(): ReactElement {
  return (
    <Page title="Tasks" layout="fill">
      <EmptyState icon={ListChecks} title="No task yet" />
    </Page>
  )
}
