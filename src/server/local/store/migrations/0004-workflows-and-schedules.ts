export const workflowsAndSchedules = `
`
