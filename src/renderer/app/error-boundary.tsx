import { Component, type ReactNode } from 'react'
import { FailureState } from '../ui/failure-state.tsx'

interface ErrorBoundaryProps {
  readonly children: ReactNode
}

interface ErrorBoundaryState {
  readonly message: string | null
}

/** The last resort: a defect of the window itself, outside any page. The broker is not touched by it. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { message: null }

  static getDerivedStateFromError(error: unknown): ErrorBoundaryState {
    return { message: error instanceof Error ? error.message : String(error) }
  }

  override render(): ReactNode {
    const { message } = this.state
    if (message === null) return this.props.children
    return (
      <FailureState
        title="This window has run into a defect of its own. The broker and its tasks go on."
        detail={message}
        onRetry={() => window.location.reload()}
      />
    )
  }
}
