import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import '../ui/fonts.css'
import '../ui/tokens.css'
import '../ui/base.css'
import { applyDensity } from '../ui/density.ts'
import { TooltipProvider } from '../ui/tooltip.tsx'
import { ShownBrokerProvider } from './connections/shown-broker-provider.tsx'
import './connections/connection-colour.css'
import { ErrorBoundary } from './error-boundary.tsx'
import { createQueryClient } from './query-client.ts'
import { router } from './router.tsx'
import { applyTheme } from './theme.ts'

applyTheme()
applyDensity()

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no element with the id root')

createRoot(root).render(
  <StrictMode>
    <ErrorBoundary>
      <QueryClientProvider client={createQueryClient()}>
        <ShownBrokerProvider>
          <TooltipProvider>
            <RouterProvider router={router} />
          </TooltipProvider>
        </ShownBrokerProvider>
      </QueryClientProvider>
    </ErrorBoundary>
  </StrictMode>,
)
