import type { ReactElement } from 'react'
import { Page } from '../../app/frame/page.tsx'

export function EventsPage(): ReactElement {
  return <Page title="Events">{null}</Page>
}
