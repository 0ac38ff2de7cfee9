export const taskAndQueueControl = `
`
