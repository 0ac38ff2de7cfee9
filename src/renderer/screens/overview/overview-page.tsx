import type { ReactElement } from 'react'
import { Page } from '../../app/frame/page.tsx'

export function OverviewPage(): ReactElement {
  return <Page title="Overview">{null}</Page>
}
