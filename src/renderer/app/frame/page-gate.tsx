import { useLocation } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { EmptyState } from '../../ui/empty-state.tsx'
import { useBroker } from '../broker-connection.tsx'
import { PAGES, type PageEntry } from '../pages.ts'
import { useLacking } from '../use-lacking.ts'
import { Page } from './page.tsx'

/** The page, or why the broker that is shown has nothing to show on it. */
export function PageGate({ children }: { readonly children: ReactNode }) {
  const { pathname } = useLocation()
  const page = PAGES.find(
    ({ path }) => pathname === path || (path !== '/' && pathname.startsWith(`${path}/`)),
  )
  if (page === undefined || page.needs === null) return children
  return (
    <Gate page={page} needs={page.needs}>
      {children}
    </Gate>
  )
}

interface GateProps {
  readonly page: PageEntry
  readonly needs: NonNullable<PageEntry['needs']>
  readonly children: ReactNode
}

function Gate({ page: { title, icon }, needs, children }: GateProps) {
  const { connection } = useBroker()
  const reason = useLacking(needs)
  if (reason === null) return children
  return (
    <Page title={title}>
      <EmptyState icon={icon} title={`${title}: not there on ${connection ?? 'this broker'}`}>
        {reason} What it can do is on the other pages.
      </EmptyState>
    </Page>
  )
}
