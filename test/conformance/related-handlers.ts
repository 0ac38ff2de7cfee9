/** Handlers that look at other tasks, or submit some; a part of the one file that every broker gets. */
export const RELATED_HANDLERS = `
  export const parentsOf = (_input: TaskInput, context: TaskContext) => context.parents
  export const large = () => 'x'.repeat(700_000)
  /** Submits each of \`tasks\`, one after another, and answers their ids, or why not. */
  export async function submitAll({ kwargs }: TaskInput<{ tasks: any[] }>, context: TaskContext) {
    const answers: unknown[] = []
    for (const task of kwargs.tasks)
      answers.push(await context.submit(task).catch(({ name, code, message }) => ({ name, code, message })))
    return answers
  }
  /** Submits each of \`tasks\` without looking at what becomes of it. */
  export function submitAndForget({ kwargs }: TaskInput<{ tasks: any[] }>, context: TaskContext) {
    for (const task of kwargs.tasks) void context.submit(task)
  }
  export async function submitThenFail({ kwargs }: TaskInput<{ task: any }>, context: TaskContext) {
    const { id } = await context.submit(kwargs.task)
    if (context.attempt === 1) throw Object.assign(new Error('once'), { retryAfterMs: 0 })
    return id
  }
`
