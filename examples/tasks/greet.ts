import type { TaskInput } from 'penstock/tasks'

/** `{ "name": "Ada" }` in, `"Hello Ada"` out. A function is a handler, and its name is the task's. */
export function greet({ kwargs }: TaskInput<{ name?: string }>) {
  if (!kwargs.name) throw new Error('Tell me whom to greet, as {"name": "Ada"}.')
  return `Hello ${kwargs.name}`
}
