import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import '../ui/fonts.css'
import '../ui/tokens.css'
import '../ui/base.css'
import { applyDensity } from '../ui/density.ts'
import { TooltipProvider } from '../ui/tooltip.tsx'
import { BrokerProvider, openBrokerConnection } from './broker-connection.tsx'
import { createBrokerClient } from './client.ts'
import { ErrorBoundary } from './error-boundary.tsx'
import { createQueryClient } from './query-client.ts'
import { router } from './router.tsx'
import { applyTheme } from './theme.ts'

applyTheme()
applyDensity()

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no element with the id root')

const broker = openBrokerConnection('local', createBrokerClient())
broker.live.start()

createRoot(root).render(
  <StrictMode>
    <ErrorBoundary>
      <QueryClientProvider client={createQueryClient()}>
        <BrokerProvider broker={broker}>
          <TooltipProvider>
            <RouterProvider router={router} />
          </TooltipProvider>
        </BrokerProvider>
      </QueryClientProvider>
    </ErrorBoundary>
  </StrictMode>,
)
