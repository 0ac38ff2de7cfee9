import type { ReactNode } from 'react'
import { BrokerProvider } from '../broker-connection.tsx'
import { useShownBroker } from './shown-broker.ts'

/** Around the window: everything in it is about the broker that is shown. */
export const ShownBrokerProvider = ({ children }: { readonly children: ReactNode }) => (
  <BrokerProvider broker={useShownBroker()}>{children}</BrokerProvider>
)
