export const searchAndRollups = `
`
