import { useQueryClient } from '@tanstack/react-query'
import type { ConnectionEntry } from '../../../shared/domain/connection.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { useAction } from '../use-action.ts'
import { ConnectionDialog } from './connection-dialog.tsx'
import { connectionQuestions, useConnectionQuestion } from './connection-questions.ts'
import { shownBroker, useOwnBroker } from './shown-broker.ts'

/** The question about connections that is open, if one is. */
export function AskedConnection() {
  const asked = useConnectionQuestion()
  if (asked === null) return null
  return asked.kind === 'edit' ? (
    <ConnectionDialog edited={asked.connection} onClose={connectionQuestions.close} />
  ) : (
    <RemoveQuestion connection={asked.connection} />
  )
}

function RemoveQuestion({ connection }: { readonly connection: ConnectionEntry }) {
  const { client } = useOwnBroker()
  const queryClient = useQueryClient()
  const act = useAction()
  const { name, address, hasKey } = connection
  const remove = () => {
    connectionQuestions.close()
    void act(async () => {
      await client.connections.remove({ name })
      shownBroker.forget(name)
      await queryClient.invalidateQueries()
      return `Removed the connection ${name}`
    }, `${name} is still there.`)
  }
  return (
    <ConfirmDialog
      title={`Remove the connection ${name}?`}
      action={hasKey ? 'Remove it and its key' : 'Remove it'}
      isOpen
      onConfirm={remove}
      onClose={connectionQuestions.close}
    >
      <p>
        This window forgets {address}
        {hasKey ? ' and the key that was given for it' : ''}. Nothing changes at the server.
      </p>
    </ConfirmDialog>
  )
}
