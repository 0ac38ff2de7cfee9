/** `1 task`, `2 tasks`. */
export const countOfTasks = (count: number): string => `${count} ${count === 1 ? 'task' : 'tasks'}`
