export const externalWorkers = `
`
