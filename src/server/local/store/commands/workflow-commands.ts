import type { prepareCancel } from './cancel.ts'
import type { CommandContext } from './command-context.ts'
import type { prepareDelete } from './delete.ts'
import type { prepareSubmit } from './submit.ts'
import { prepareSubmitSubtask } from './submit-subtask.ts'
import { prepareSubmitWorkflow } from './submit-workflow.ts'
import { prepareWorkflowControl } from './workflow-control.ts'

/** Everything that makes tasks out of other tasks: workflows and subtasks. */
export function prepareWorkflowCommands(
  context: CommandContext,
  parts: {
    readonly submit: ReturnType<typeof prepareSubmit>
    readonly cancel: ReturnType<typeof prepareCancel>
    readonly remove: ReturnType<typeof prepareDelete>
  },
) {
  return {
    submitWorkflow: prepareSubmitWorkflow(context, parts.submit),
    ...prepareWorkflowControl(context, parts),
    submitSubtask: prepareSubmitSubtask(context, parts.submit),
  }
}
