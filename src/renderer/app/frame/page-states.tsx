import { Link, type ErrorComponentProps } from '@tanstack/react-router'
import { Compass } from 'lucide-react'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FailureState } from '../../ui/failure-state.tsx'
import { Page } from './page.tsx'

/** While a page's code is on its way. The frame is there already. */
export const PagePending = () => <Page title="">{null}</Page>

/** A page that broke while drawing; the others still work. */
export const PageFailure = ({ error, reset }: ErrorComponentProps) => (
  <Page title="This page failed">
    <FailureState
      title="This page has run into a defect. Other pages, the broker and its tasks go on."
      detail={error instanceof Error ? error.message : String(error)}
      onRetry={reset}
    />
  </Page>
)

export const PageMissing = () => (
  <Page title="No such page">
    <EmptyState icon={Compass} title="This address leads nowhere">
      <Link to="/">Go to the Overview</Link>
    </EmptyState>
  </Page>
)
