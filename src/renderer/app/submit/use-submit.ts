import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { SubmitTask } from '../../../shared/domain/task.ts'
import { showToast } from '../../ui/toast/toast-store.ts'
import { useBroker } from '../broker-connection.tsx'
import { describeFailure } from '../failure.ts'

/** Submits one task, says that it was done, and offers to open it. */
export function useSubmit({ onDone }: { readonly onDone?: () => void } = {}) {
  const { client } = useBroker()
  const navigate = useNavigate()
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: (task: SubmitTask) => client.tasks.submit({ tasks: [withoutUnset(task)] }),
    onSuccess: (receipts) => {
      const [receipt] = receipts
      if (receipt === undefined) return
      showToast({
        tone: 'success',
        message: `Submitted ${receipt.name} to ${receipt.queue}`,
        action: { label: 'Open', run: () => void navigate({ to: '/tasks', search: { task: receipt.id } }) },
      })
      onDone?.()
    },
  })
  return { submit: mutate, isPending, refusal: error === null ? null : describeFailure(error).message, reset }
}

/** What the contract's submit takes of a domain submit. */
function withoutUnset({ name, queue, args, kwargs, priority, maxRetries, runAt }: SubmitTask) {
  return { name, queue, args, kwargs, priority, maxRetries, runAt }
}
