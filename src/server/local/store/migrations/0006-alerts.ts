export const alerts = `
`
