import type { UpdateState } from '../../../shared/contract/update-calls.ts'

export interface UpdateWords {
  /** How it stands. */
  readonly status: string
  readonly note: string
  /** What can be done about it. */
  readonly action: { readonly kind: 'check' | 'restart'; readonly label: string } | null
}

const CHECK = { kind: 'check', label: 'Look now' } as const

/** How the state of updates is said; when it was looked last is shown beside it. */
export function describeUpdates(state: UpdateState): UpdateWords {
  switch (state.kind) {
    case 'off':
      return { status: 'Off', note: state.reason, action: null }
    case 'current':
      return state.checkedAt === null
        ? { status: 'Not looked yet', note: 'Once a day', action: CHECK }
        : { status: 'None newer', note: 'Once a day', action: CHECK }
    case 'checking':
      return { status: 'Looking…', note: 'Once a day', action: null }
    case 'downloading':
      return { status: `Downloading ${state.version}, ${state.percent}%`, note: 'Tasks go on', action: null }
    case 'ready':
      return {
        status: `${state.version} is ready`,
        note: 'A restart hands running tasks back to their queues; quitting installs it too',
        action: { kind: 'restart', label: 'Restart' },
      }
    case 'failed':
      return { status: 'Could not look', note: state.message, action: CHECK }
  }
}
